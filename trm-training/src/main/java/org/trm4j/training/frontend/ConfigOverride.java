package org.trm4j.training.frontend;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.json.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * A change of one configuration value.
 *
 * @param key as the user wrote it
 * @param value as the user wrote it
 */
record ConfigOverride(String key, String value) {
  /** Objects whose keys belong to the plug-in. */
  private static final Set<String> OPEN = Set.of("data.options", "recursion.arguments");

  static ConfigOverride parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new TrainingException(
          "training configuration: %s: expected key=value, such as run.batch=64".formatted(text));
    }
    return new ConfigOverride(text.substring(0, equals).strip(), text.substring(equals + 1));
  }

  void applyTo(JsonNode root) {
    Map<String, JsonNode> leaves = new TreeMap<>();
    collect("", root, leaves);
    String path = resolve(leaves);
    int dot = path.lastIndexOf('.');
    ObjectNode parent = (ObjectNode) root;
    for (String part : dot < 0 ? new String[0] : path.substring(0, dot).split("\\.")) {
      parent = (ObjectNode) parent.get(part);
    }
    parent.set(path.substring(dot + 1), convert(path, leaves.get(path)));
  }

  /** Returns whether it chooses the recursion policy. */
  boolean setsPolicy(JsonNode root) {
    Map<String, JsonNode> leaves = new TreeMap<>();
    collect("", root, leaves);
    return resolve(leaves).equals("recursion.policy");
  }

  private String resolve(Map<String, JsonNode> leaves) {
    if (leaves.containsKey(key)) {
      return key;
    }
    for (String open : OPEN) {
      String name = key.startsWith(open + ".") ? key.substring(open.length() + 1) : "";
      if (!name.isEmpty() && name.indexOf('.') < 0) {
        return key;
      }
    }
    List<String> matches =
        leaves.keySet().stream().filter(path -> path.endsWith("." + key)).toList();
    if (matches.size() == 1) {
      return matches.getFirst();
    }
    throw new TrainingException(
        matches.isEmpty()
            ? "training configuration: unknown key %s; keys: %s, data.options.*, recursion.arguments.*"
                .formatted(key, String.join(", ", leaves.keySet()))
            : "training configuration: key %s could be any of %s"
                .formatted(key, String.join(", ", matches)));
  }

  private JsonNode convert(String path, @Nullable JsonNode old) {
    String text = value.strip();
    if (path.startsWith("recursion.arguments.")) {
      return text.matches("[+-]?[0-9_]+")
          ? IntNode.valueOf((int) whole(path, text, Integer.MIN_VALUE, Integer.MAX_VALUE))
          : DoubleNode.valueOf(real(path, text));
    }
    if (old != null && old.isArray()) {
      if (!path.equals("optimizer.groups")) {
        throw error(path, "a list, in a configuration file; data sets are given with --data");
      }
      try {
        return Json.mapper().readTree(text);
      } catch (JacksonException e) {
        throw error(path, "a JSON array");
      }
    }
    if (old == null || old.isString()) {
      return StringNode.valueOf(value);
    }
    if (old.isBoolean()) {
      if (!text.equals("true") && !text.equals("false")) {
        throw error(path, "true or false");
      }
      return BooleanNode.valueOf(Boolean.parseBoolean(text));
    }
    Class<?> type = type(path);
    if (type == int.class) {
      return IntNode.valueOf((int) whole(path, text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }
    if (type == long.class) {
      return LongNode.valueOf(whole(path, text, Long.MIN_VALUE, Long.MAX_VALUE));
    }
    return DoubleNode.valueOf(real(path, text));
  }

  /** JSON has one kind of number; the accessors of the configuration say which one is meant. */
  private static Class<?> type(String path) {
    Class<?> type = TrainingConfig.class;
    for (String name : path.split("\\.")) {
      try {
        type = type.getMethod(name).getReturnType();
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("no setting " + path, e);
      }
    }
    return type;
  }

  private double real(String path, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw error(path, "a number");
    }
  }

  private long whole(String path, String text, long least, long most) {
    try {
      long number = Long.parseLong(text.replace("_", ""));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message.
    }
    throw error(path, "a whole number in %s..%s".formatted(least, most));
  }

  private TrainingException error(String path, String expected) {
    return new TrainingException(
        "training configuration: %s is %s, expected %s".formatted(path, value, expected));
  }

  private static void collect(String prefix, JsonNode node, Map<String, JsonNode> leaves) {
    node.properties()
        .forEach(entry -> {
          String path = prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey();
          if (entry.getValue().isObject()) {
            collect(path, entry.getValue(), leaves);
          } else {
            leaves.put(path, entry.getValue());
          }
        });
  }
}
