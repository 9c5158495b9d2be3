package org.trm4j.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings that follow from neither shapes nor configuration, collected for one message. */
final class Questions {
  private final Map<String, String> open = new LinkedHashMap<>();

  /**
   * Asks.
   *
   * @param key by which the answer is given
   * @param meaning of the setting, with an example where that helps
   */
  void ask(String key, String meaning) {
    open.putIfAbsent(key, meaning);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Returns the questions as a list. */
  String text() {
    return open.entrySet().stream()
        .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
