package org.trm4j.datasets.sudoku;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.datasets.Options;

/**
 * The accepted range of ratings.
 *
 * @param min lowest; {@link Integer#MIN_VALUE} for any
 * @param max highest; {@link Integer#MAX_VALUE} for any
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Ratings(int min, int max) {
  /** Accepts every rating. */
  public static final Ratings ALL = new Ratings(Integer.MIN_VALUE, Integer.MAX_VALUE);

  /** The options that {@link #of} reads. */
  public static final List<DatasetProvider.Option> OPTIONS =
      List.of(
          new DatasetProvider.Option("minRating", "", "lowest rating that is taken"),
          new DatasetProvider.Option("maxRating", "", "highest rating that is taken"));

  /** Reads the options. */
  public static Ratings of(Options options) {
    int min = rating(options, "minRating", Integer.MIN_VALUE);
    int max = rating(options, "maxRating", Integer.MAX_VALUE);
    if (min > max) {
      throw new DatasetException(
          "options: minRating is %s and maxRating %s, expected min <= max".formatted(min, max));
    }
    return new Ratings(min, max);
  }

  private static int rating(Options options, String name, int otherwise) {
    return options.has(name)
        ? (int) options.integer(name, Integer.MIN_VALUE, Integer.MAX_VALUE)
        : otherwise;
  }

  /** Returns whether some ratings are excluded. */
  public boolean some() {
    return min > Integer.MIN_VALUE || max < Integer.MAX_VALUE;
  }

  /** Returns whether a rating is accepted. */
  public boolean take(int rating) {
    return rating >= min && rating <= max;
  }
}
