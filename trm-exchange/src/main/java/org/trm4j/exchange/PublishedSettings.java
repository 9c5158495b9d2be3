package org.trm4j.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.trm4j.checkpoint.CheckpointException;

/**
 * The settings of a checkpoint, as texts by dotted keys, in order of precedence: those of the user,
 * the configuration beside the file, the file itself, the data set.
 */
final class PublishedSettings {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{\\.?([\\w.]+)}");
  private static final List<String> NETWORK =
      List.of("", "arch.", "model.", "model_tuning.", "hyper_parameters.", "hparams.");
  private static final int MAX_REFERENCES = 8;
  private static final int MAX_DEPTH = 32;

  private final Map<String, String> given;
  private final Map<String, String> read = new LinkedHashMap<>();

  PublishedSettings(Map<String, String> given) {
    this.given = Map.copyOf(given);
  }

  /** Adds a YAML or JSON file; known settings win. */
  void add(Path file) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file.toString()).setAllowDuplicateKeys(false).build();
    try {
      flatten("", new Load(settings).loadFromString(Files.readString(file)), 0);
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(file, e), e);
    } catch (YamlEngineException | StackOverflowError e) {
      throw new CheckpointException("%s: neither YAML nor JSON: %s".formatted(file, e), e);
    }
  }

  /** Adds the texts in a checkpoint; known settings win. */
  void add(Map<String, String> metadata) {
    metadata.forEach(read::putIfAbsent);
  }

  private void flatten(String key, @Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new YamlEngineException("nested deeper than " + MAX_DEPTH);
    }
    switch (value) {
      case Map<?, ?> map ->
          map.forEach((k, v) -> flatten(key.isEmpty() ? "" + k : key + "." + k, v, depth + 1));
      case List<?> list ->
          read.putIfAbsent(
              key,
              list.stream()
                  .filter(item -> item instanceof String || item instanceof Number)
                  .map(String::valueOf)
                  .collect(Collectors.joining(", ")));
      case null -> read.putIfAbsent(key, "null");
      default -> read.putIfAbsent(key, value.toString());
    }
  }

  /**
   * Returns the value of a setting, or null.
   *
   * @param key by which a user gives it; empty for none
   * @param names that it has in published configurations, at any depth
   */
  @Nullable String find(String key, String... names) {
    String value = given.get(key);
    for (int i = 0; value == null && i < names.length; i++) {
      value = resolved(read(names[i]));
    }
    return value;
  }

  /** Returns a setting of the network itself, not one of the same name elsewhere, or null. */
  @Nullable String network(String name) {
    for (String place : NETWORK) {
      String value = read.get(place + name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Returns an optional number of training: null if it has several values. */
  @Nullable Double anywhere(String... names) {
    for (String name : names) {
      if (network(name) != null || values(name).size() == 1) {
        return number("", name);
      }
    }
    return null;
  }

  private Set<String> values(String name) {
    Set<String> values = new TreeSet<>();
    read.forEach((key, value) -> {
      if (key.endsWith("." + name)) {
        values.add(value);
      }
    });
    return values;
  }

  private @Nullable String read(String name) {
    String value = network(name);
    if (value != null) {
      return value;
    }
    Set<String> found = values(name);
    if (found.size() > 1) {
      throw new CheckpointException(
          "configuration: %s has several values: %s".formatted(name, found));
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  /** Hydra's references, {@code ${.hidden_size}} and {@code ${model.hidden_size}}. */
  private @Nullable String resolved(@Nullable String value) {
    String text = value;
    for (int i = 0; text != null && i < MAX_REFERENCES; i++) {
      Matcher reference = REFERENCE.matcher(text);
      if (!reference.matches()) {
        return text;
      }
      text = read(reference.group(1));
    }
    return text;
  }

  /** Returns the texts whose keys concern data. */
  String data() {
    return read.entrySet().stream()
        .filter(entry -> entry.getKey().matches("(?i).*data.*"))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(" "));
  }

  @Nullable Integer integer(String key, String... names) {
    String text = find(key, names);
    if (text == null || text.equals("null")) {
      return null;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      throw new CheckpointException(
          "configuration: %s is %s, expected a whole number".formatted(name(key, names), text), e);
    }
  }

  @Nullable Double number(String key, String... names) {
    String text = find(key, names);
    if (text == null || text.equals("null")) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw new CheckpointException(
        "configuration: %s is %s, expected a number".formatted(name(key, names), text));
  }

  private String name(String key, String... names) {
    return given.containsKey(key) || names.length == 0 ? key : names[0];
  }
}
