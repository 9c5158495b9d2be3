package org.trm4j.checkpoint.content;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The number of a file's format. What is missing in a file of an older format has a default; a
 * newer format is refused, because what it means is not known.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class FormatVersion {
  private FormatVersion() {}

  /**
   * Throws {@link IllegalArgumentException} unless {@code found} is a whole number in 1..{@code
   * known}.
   *
   * @param place what has the format, for the message
   */
  public static void check(String place, @Nullable Object found, int known) {
    if (!(found instanceof Number number)
        || number.doubleValue() != number.longValue()
        || number.longValue() < 1) {
      throw new IllegalArgumentException(
          "%s: format is %s, expected a whole number of at least 1".formatted(place, found));
    }
    if (number.longValue() > known) {
      throw new IllegalArgumentException(
          "%s: format %s of a newer version; this version reads formats up to %s"
              .formatted(place, number.longValue(), known));
    }
  }
}
