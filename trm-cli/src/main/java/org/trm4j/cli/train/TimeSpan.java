package org.trm4j.cli.train;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import picocli.CommandLine;

/** Reads a time such as {@code 90s}, {@code 2h}, {@code 1d12h} or {@code PT2H}. */
public final class TimeSpan implements CommandLine.ITypeConverter<Duration> {
  /** Creates the converter. */
  public TimeSpan() {}

  @Override
  public Duration convert(String text) {
    String upper = text.strip().toUpperCase(Locale.ROOT);
    try {
      Duration time = Duration.parse(upper.startsWith("P") ? upper : iso(upper));
      if (!time.isNegative() && !time.isZero() && time.compareTo(Duration.ofDays(10_000)) < 0) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Falls through to the one message.
    }
    throw new CommandLine.TypeConversionException(
        "'%s', expected a time such as 90s, 45m, 2h or 1d12h".formatted(text));
  }

  /** Days come before the T of ISO 8601, the rest after it. */
  private static String iso(String text) {
    int days = text.indexOf('D') + 1;
    String rest = text.substring(days);
    return "P" + text.substring(0, days) + (rest.isEmpty() ? "" : "T" + rest);
  }
}
