package org.trm4j.datasets;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;

/**
 * Reads a provider's options; unknown names and values that are not of the kind asked for are
 * refused in one line.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class Options {
  private final String provider;
  private final List<DatasetProvider.Option> known;
  private final Map<String, String> given;

  /** Checks that every given option is known. */
  public Options(String provider, List<DatasetProvider.Option> known, Map<String, String> given) {
    this.provider = provider;
    this.known = known;
    this.given = given;
    for (String name : given.keySet()) {
      option(name);
    }
  }

  private DatasetProvider.Option option(String name) {
    return known.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new DatasetException(
                "data set %s: unknown option %s, expected one of %s"
                    .formatted(
                        provider,
                        name,
                        known.stream().map(DatasetProvider.Option::name).toList())));
  }

  /** Returns whether the option was given or has a default. */
  public boolean has(String name) {
    return !text(name).isEmpty();
  }

  /** Returns the option's value or default as it is. */
  public String text(String name) {
    return given.getOrDefault(name, option(name).defaultValue());
  }

  /** Returns the option as a whole number in from..to. */
  public long integer(String name, long from, long to) {
    String text = text(name);
    try {
      long value = Long.parseLong(text);
      if (value >= from && value <= to) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message for both.
    }
    throw new DatasetException(
        "data set %s: option %s is %s, expected a whole number from %s to %s"
            .formatted(provider, name, text, from, to));
  }

  /** Returns the option as true or false. */
  public boolean flag(String name) {
    String text = text(name);
    if (!text.equals("true") && !text.equals("false")) {
      throw new DatasetException(
          "data set %s: option %s is %s, expected true or false".formatted(provider, name, text));
    }
    return text.equals("true");
  }

  /**
   * Returns whether the option says that examples are made without end: {@code endless} instead of
   * a number.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public boolean endless(String name) {
    return text(name).equals(EndlessDataset.ENDLESS);
  }
}
