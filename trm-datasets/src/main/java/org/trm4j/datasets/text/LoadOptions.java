package org.trm4j.datasets.text;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.datasets.Options;

/**
 * Which rows of a file are taken.
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
  /** Takes every row. */
  public static final LoadOptions ALL =
      new LoadOptions(false, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, 1);

  /** The options of a provider that {@link #of} reads, besides {@code seed}. */
  public static final List<DatasetOption> OPTIONS =
      List.of(
          new DatasetOption(
              "skipInvalid", "false", "files: true leaves invalid rows out and lists them"),
          new DatasetOption(
              "minRating", "", "lowest rating that is taken, of files or of generated puzzles"),
          new DatasetOption("maxRating", "", "highest rating that is taken"),
          new DatasetOption("sample", "0", "files: training puzzles drawn at random; 0 for all"));

  /** Reads the options. */
  public static LoadOptions of(Options options) {
    int min = rating(options, "minRating", Integer.MIN_VALUE);
    int max = rating(options, "maxRating", Integer.MAX_VALUE);
    if (min > max) {
      throw new DatasetException(
          "options: minRating is %d and maxRating %d, expected min <= max".formatted(min, max));
    }
    return new LoadOptions(
        options.flag("skipInvalid"),
        min,
        max,
        (int) options.integer("sample", 0, Integer.MAX_VALUE),
        options.integer("seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private static int rating(Options options, String name, int otherwise) {
    return options.has(name)
        ? (int) options.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE)
        : otherwise;
  }

  boolean rated() {
    return minRating > Integer.MIN_VALUE || maxRating < Integer.MAX_VALUE;
  }
}
