package org.trm4j.datasets.io.sudoku;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.io.files.PuzzleFiles;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.npy.NpyMetadata;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.sudoku.SudokuDomain;
import org.trm4j.datasets.sudoku.SudokuProvider;
import org.trm4j.datasets.sudoku.SudokuShape;

/** Files of the data set {@code sudoku}: text and builders' folders. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SudokuFiles extends PuzzleFiles {

  /** Called by the service loader. */
  public SudokuFiles() {
    super(
        SudokuProvider.ID,
        Stream.concat(
                Stream.of(
                    SudokuAlphabet.OPTION,
                    new DatasetProvider.Option(
                        "boxes",
                        "",
                        "6x6: rows x columns of a box, 2x3 or 3x2; found out unless set")),
                FieldNames.OPTIONS.stream())
            .toList());
  }

  @Override
  protected boolean looksRight(Path file) {
    return SudokuRows.accepts(file);
  }

  @Override
  protected boolean near(String start) {
    return share(start, "0123456789._*-|?xX,") > 0.7 && share(start, "56789") > 0.05
        || share(start, "1234._*-?xX") > 0.9 && share(start, "1234") > 0.2;
  }

  @Override
  protected PuzzleReading reading(Collection<Path> files, Options options) {
    FieldNames names = FieldNames.of(options);
    return new SudokuRows(
        SudokuScan.of(files, options.text("symbols"), options.text("boxes"), names), names);
  }

  @Override
  protected PuzzleDomain domain(NpyMetadata metadata, Map<String, String> built, Options options) {
    SudokuShape shape = SudokuShape.ofCells(metadata.seqLen());
    if (shape.vocabSize() != metadata.vocabSize()) {
      throw new DatasetException(
          "sudoku: vocabulary %s, expected %s for size %s"
              .formatted(metadata.vocabSize(), shape.vocabSize(), shape.size()));
    }
    String boxes = options.has("boxes") ? options.text("boxes") : built.getOrDefault("boxes", "");
    return new SudokuDomain(boxes.isEmpty() ? shape : SudokuShape.ofBoxes(boxes));
  }
}
