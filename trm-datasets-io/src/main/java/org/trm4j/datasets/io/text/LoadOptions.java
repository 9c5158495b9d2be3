package org.trm4j.datasets.io.text;

import java.util.List;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.sudoku.Ratings;

/**
 * The rows of a file to read.
 *
 * @param skipInvalid whether invalid rows are left out and listed, instead of being an error
 * @param minRating lowest rating; {@link Integer#MIN_VALUE} for any
 * @param maxRating highest rating; {@link Integer#MAX_VALUE} for any
 * @param sample how many training puzzles are drawn; 0 for all
 * @param seed of the draw
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record LoadOptions(
    boolean skipInvalid, int minRating, int maxRating, int sample, long seed) {
  /** Reads every row. */
  public static final LoadOptions ALL =
      new LoadOptions(false, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1);

  /** The options that {@link #of} reads. */
  public static final List<DatasetProvider.Option> OPTIONS =
      Stream.concat(
              Stream.of(
                  new DatasetProvider.Option(
                      "skipInvalid", "false", "true leaves invalid rows out and lists them"),
                  new DatasetProvider.Option(
                      "sample", "0", "training puzzles that are drawn at random; 0 for all"),
                  new DatasetProvider.Option("seed", "1", "of the sample")),
              Ratings.OPTIONS.stream())
          .toList();

  /** Reads the options. */
  public static LoadOptions of(Options options) {
    Ratings ratings = Ratings.of(options);
    return new LoadOptions(
        options.flag("skipInvalid"),
        ratings.min(),
        ratings.max(),
        (int) options.integer("sample", 0, Integer.MAX_VALUE),
        options.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  boolean rated() {
    return minRating > Integer.MIN_VALUE || maxRating < Integer.MAX_VALUE;
  }
}
