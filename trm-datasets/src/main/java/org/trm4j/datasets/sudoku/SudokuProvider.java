package org.trm4j.datasets.sudoku;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.MemoryDataset;
import org.trm4j.datasets.Options;

/** The data set {@code sudoku}: its domain and its generator; a reader opens its files. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class SudokuProvider implements DatasetProvider {
  /** The id of the data set. */
  public static final String ID = "sudoku";

  private static final List<DatasetProvider.Option> OPTIONS =
      Stream.concat(
              Stream.of(
                  new DatasetProvider.Option(
                      "size", "9", "rows, columns and digits: 4, 6, 9 or 16"),
                  new DatasetProvider.Option(
                      "boxes", "", "rows x columns of a box, 2x3 or 3x2; 2x3 unless set"),
                  new DatasetProvider.Option(
                      "train", "1000", "generated training puzzles; endless: made while training"),
                  new DatasetProvider.Option("test", "1000", "generated test puzzles"),
                  new DatasetProvider.Option("seed", "1", "of the generator"),
                  new DatasetProvider.Option(
                      "minGivens", "", "fewest cells given; by size 4, 8, 22, 150 unless set"),
                  new DatasetProvider.Option(
                      "maxGivens", "", "most cells given; by size 8, 16, 30, 180 unless set")),
              Stream.concat(
                  Ratings.OPTIONS.stream(),
                  Stream.of(
                      new DatasetProvider.Option(
                          "minResistance",
                          "0",
                          "candidates left after each was assumed once; Sudoku-Extreme has 196, random puzzles 0"))))
          .toList();

  /** Called by the service loader. */
  public SudokuProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "Sudoku of size 4, 6, 9 or 16, from files or generated";
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return OPTIONS;
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    return new SudokuDomain(shape(new Options(ID, OPTIONS, options)));
  }

  private static SudokuShape shape(Options options) {
    SudokuShape shape = SudokuShape.of((int) options.integer("size", 4, 16));
    if (!options.has("boxes")) {
      return shape;
    }
    if (shape.size() != 6) {
      throw new DatasetException(
          "data set sudoku: option boxes is for size 6 only, and size is " + shape.size());
    }
    return SudokuShape.ofBoxes(options.text("boxes"));
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    Options read = new Options(ID, OPTIONS, options);
    SudokuShape shape = shape(read);
    int[] bounds =
        switch (shape.size()) {
          case 4 -> new int[] {4, 8};
          case 6 -> new int[] {8, 16};
          case 9 -> new int[] {22, 30};
          default -> new int[] {150, 180};
        };
    long most = shape.cells() - 1L;
    int min = read.has("minGivens") ? (int) read.integer("minGivens", 0, most) : bounds[0];
    int max =
        read.has("maxGivens")
            ? (int) read.integer("maxGivens", min, most)
            : Math.max(min, bounds[1]);
    Ratings ratings = Ratings.of(read);
    long seed = read.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE);
    SudokuGenerator.Limits limits =
        new SudokuGenerator.Limits(
            min,
            max,
            ratings.min(),
            ratings.max(),
            (int) read.integer("minResistance", 0, (long) shape.cells() * shape.size()));
    boolean endless = read.endless("train");
    if (endless && limits.minResistance() > 0) {
      throw new DatasetException(
          "data set sudoku: option minResistance is for a number of puzzles, and train is endless: write them once with trm data generate");
    }
    Map<String, List<Example>> splits =
        new SudokuGenerator(shape, limits, seed)
            .generate(
                endless ? 0 : (int) read.integer("train", 0, 10_000_000),
                (int) read.integer("test", 0, 10_000_000))
            .byName();
    if (endless) {
      splits.remove("train");
    }
    Dataset lists =
        MemoryDataset.rated(
            new SudokuDomain(shape),
            splits,
            example -> SudokuGenerator.rating(shape, example.tokens()));
    return endless
        ? new EndlessDataset(lists, SudokuGenerator.endless(shape, limits), seed)
        : lists;
  }
}
