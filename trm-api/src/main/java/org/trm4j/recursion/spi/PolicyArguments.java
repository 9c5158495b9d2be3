package org.trm4j.recursion.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apiguardian.api.API;

/**
 * Arguments of a recursion policy, in order: {@link Integer} where the policy counts, {@link
 * Double} where it measures.
 *
 * @param values by name
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record PolicyArguments(Map<String, Number> values) {
  /** Copies the map and keeps its order. */
  public PolicyArguments {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Returns a single argument. */
  public static PolicyArguments of(String name, int value) {
    return new PolicyArguments(Map.of(name, value));
  }

  /** Returns a single argument. */
  public static PolicyArguments of(String name, double value) {
    return new PolicyArguments(Map.of(name, value));
  }

  /** Returns these arguments and one more, or with another value of one of them. */
  public PolicyArguments and(String name, int value) {
    return with(name, value);
  }

  /** Returns these arguments and one more, or with another value of one of them. */
  public PolicyArguments and(String name, double value) {
    return with(name, value);
  }

  private PolicyArguments with(String name, Number value) {
    Map<String, Number> all = new LinkedHashMap<>(values);
    all.put(name, value);
    return new PolicyArguments(all);
  }

  /** Returns a whole number; throws when there is none of that name. */
  public int get(String name) {
    if (value(name) instanceof Integer whole) {
      return whole;
    }
    throw new IllegalArgumentException(
        "argument %s: is %s, expected a whole number".formatted(name, value(name)));
  }

  /** Returns a number; throws when there is none of that name. */
  public double number(String name) {
    return value(name).doubleValue();
  }

  private Number value(String name) {
    Number value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "argument %s: not among %s".formatted(name, values.keySet()));
    }
    return value;
  }

  /** Returns the policy's id with these arguments, such as {@code trm(T=3, n=6)}. */
  public String title(String id) {
    return id
        + values.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
