package org.trm4j.datasets.io.sudoku;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.trm4j.datasets.io.text.TextSplits;
import org.trm4j.datasets.sudoku.SudokuDomain;
import org.trm4j.datasets.sudoku.SudokuProvider;
import org.trm4j.datasets.sudoku.SudokuShape;

/** Files of the data set {@code sudoku}: text and builders' folders. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SudokuFiles implements DatasetReader {
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
    return LoadOptions.OPTIONS;
  }

  @Override
  public boolean accepts(Path path) {
    if (!Files.isDirectory(path)) {
      return Files.isRegularFile(path) && SudokuRows.accepts(path);
    }
    if (!TextSplits.of(path, SudokuRows::accepts).isEmpty()) {
      return true;
    }
    Path split = NpyDataset.anySplit(path);
    if (split == null) {
      return false;
    }
    try {
      NpyMetadata metadata = NpyMetadata.read(split);
      return SudokuShape.ofCells(metadata.seqLen()).vocabSize() == metadata.vocabSize();
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    Options read = new Options(SudokuProvider.ID, LoadOptions.OPTIONS, options);
    if (!Files.exists(path)) {
      throw new DatasetException("%s: not found".formatted(path));
    }
    if (Files.isRegularFile(path)) {
      return texts(Map.of(TextSplits.name(path), path), LoadOptions.of(read));
    }
    Map<String, Path> files = TextSplits.of(path, SudokuRows::accepts);
    if (!files.isEmpty()) {
      return texts(files, LoadOptions.of(read));
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

  private static Dataset texts(Map<String, Path> files, LoadOptions options) {
    Map<String, ExampleTable> splits = new LinkedHashMap<>();
    List<SkippedRow> skipped = new ArrayList<>();
    SudokuRows rows = new SudokuRows();
    files.forEach((split, file) ->
        splits.put(split, PuzzleLoader.load(file, rows, options, split.equals("train"), skipped)));
    return MemoryDataset.of(new SudokuDomain(rows.shape()), splits, skipped);
  }
}
