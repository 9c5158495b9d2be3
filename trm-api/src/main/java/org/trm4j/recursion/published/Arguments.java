package org.trm4j.recursion.published;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Ordered integer arguments of the published policies. */
final class Arguments {
  private Arguments() {}

  static Map<String, Integer> of(Object... namesAndValues) {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      map.put((String) namesAndValues[i], (Integer) namesAndValues[i + 1]);
    }
    return Collections.unmodifiableMap(map);
  }

  static String title(String id, Map<String, Integer> arguments) {
    return id
        + arguments.entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining(", ", "(", ")"));
  }
}
