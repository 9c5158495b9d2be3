package org.trm4j.datasets.io.sudoku;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.dataset.spi.SkippedRow;
import org.trm4j.datasets.ExampleTable;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.npy.NpyDataset;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.text.LoadOptions;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.Questions;
import org.trm4j.datasets.io.text.TextSplits;
import org.trm4j.datasets.sudoku.SudokuDomain;
import org.trm4j.datasets.sudoku.SudokuProvider;
import org.trm4j.datasets.sudoku.SudokuShape;

/** Files of the data set {@code sudoku}: text and builders' folders. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SudokuFiles implements DatasetReader {
  private static final List<DatasetOption> OPTIONS =
      Stream.concat(
              Stream.of(
                  TextSplits.OPTION,
                  TextSplits.SIZE,
                  SudokuAlphabet.OPTION,
                  new DatasetOption(
                      "boxes",
                      "",
                      "6x6: rows x columns of a box, 2x3 or 3x2; found out unless set")),
              LoadOptions.OPTIONS.stream())
          .toList();

  /** Called by the service loader. */
  public SudokuFiles() {}

  @Override
  public String id() {
    return SudokuProvider.ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public List<DatasetOption> options() {
    return OPTIONS;
  }

  @Override
  public boolean accepts(Path path) {
    if (!Files.isDirectory(path)) {
      return Files.isRegularFile(path) && SudokuRows.accepts(path);
    }
    if (TextSplits.some(path, SudokuRows::accepts)) {
      return true;
    }
    try {
      Path split = NpyDataset.anySplit(path);
      if (split == null) {
        return false;
      }
      NpyMetadata metadata = NpyMetadata.read(split);
      return SudokuShape.ofCells(metadata.seqLen()).vocabSize() == metadata.vocabSize();
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public SortedMap<Long, String> questions(Path file) {
    SudokuAlphabet alphabet = SudokuScan.of(List.of(file), "", "2x3").alphabet();
    return Questions.of(
        file, SudokuLines::new, question -> alphabet.canonical(SudokuRows.cells(question)));
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    Options read = new Options(SudokuProvider.ID, OPTIONS, options);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    TextSplits splits = TextSplits.of(path, read.text("split"));
    if (!splits.files().isEmpty()) {
      return texts(splits, read);
    }
    Path split = NpyDataset.anySplit(path);
    if (split == null) {
      throw new DatasetException(
          "%s: expected train.csv, test.csv, or folders with dataset.json and all__*.npy"
              .formatted(path));
    }
    return NpyDataset.open(
        path, new SudokuDomain(SudokuShape.ofCells(NpyMetadata.read(split).seqLen())));
  }

  private static Dataset texts(TextSplits splits, Options options) {
    LoadOptions load = LoadOptions.of(options);
    splits.needTraining(load.sample() > 0, "sample");
    SudokuReading reading =
        SudokuScan.of(splits.files().values(), options.text("symbols"), options.text("boxes"));
    Map<String, ExampleTable> tables = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    SudokuRows rows = new SudokuRows(reading);
    splits
        .files()
        .forEach((split, file) ->
            tables.put(
                split,
                PuzzleLoader.load(
                    file, SudokuLines::new, rows, load, split.equals("train"), skipped)));
    TextSplits.checkSize(options, rows.shape().size());
    List<String> notes = new ArrayList<>(splits.notes());
    notes.addAll(reading.notes());
    return MemoryDataset.of(new SudokuDomain(rows.shape()), tables, skipped).withNotes(notes);
  }
}
