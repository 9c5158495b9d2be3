package org.trm4j.datasets.io.text;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.datasets.support.RatedSource;

/** Writes puzzles as the published CSV: {@code source,question,answer,rating}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class PuzzleCsv {
  private PuzzleCsv() {}

  /**
   * Writes a file, gzipped where its name ends with {@code .gz}. Throws {@link DatasetException}
   * when the thread is interrupted; the file is then incomplete.
   *
   * @param origin what stands in the column source
   */
  public static void write(Path file, PuzzleCodec codec, ExampleSource examples, String origin) {
    CSVFormat format =
        CSVFormat.DEFAULT
            .builder()
            .setRecordSeparator('\n')
            .setHeader("source", "question", "answer", "rating")
            .get();
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream out = file.toString().endsWith(".gz") ? new GZIPOutputStream(raw) : raw;
        BufferedWriter writer =
            new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        CSVPrinter printer = new CSVPrinter(writer, format)) {
      for (int i = 0; i < examples.size(); i++) {
        if (Thread.currentThread().isInterrupted()) {
          throw new DatasetException("%s: interrupted, the file is incomplete".formatted(file));
        }
        Example example = examples.get(i);
        int rating =
            examples instanceof RatedSource rated ? rated.rating(i) : RatedSource.NO_RATING;
        printer.printRecord(
            origin,
            codec.decode(example.tokens()),
            codec.decode(example.labels()),
            rating == RatedSource.NO_RATING ? "" : rating);
      }
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
