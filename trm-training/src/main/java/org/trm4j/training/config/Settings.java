package org.trm4j.training.config;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.training.TrainingException;

/** Checks of configuration values, with one form of message. */
final class Settings {
  private Settings() {}

  static void check(boolean ok, String key, Object found, String expected) {
    if (!ok) {
      throw new TrainingException(
          "training configuration: %s is %s, expected %s".formatted(key, found, expected));
    }
  }

  static void atLeast(String key, long found, long least) {
    check(found >= least, key, found, "a whole number of at least " + least);
  }

  /** Refuses NaN too. */
  static void between(String key, double found, double least, double most) {
    check(found >= least && found <= most, key, found, "%s..%s".formatted(least, most));
  }

  static void notNegative(String key, double found) {
    check(found >= 0 && Double.isFinite(found), key, found, "a number of at least 0");
  }

  /** Returns a sorted copy; JSON may hold null if a value is wanted. */
  static <V> Map<String, V> sorted(String key, Map<String, V> values) {
    values.forEach((name, value) -> check(value != null, key + "." + name, "null", "a value"));
    return Collections.unmodifiableMap(new TreeMap<>(values));
  }
}
