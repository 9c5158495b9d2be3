package org.trm4j.checkpoint.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object; what is missing or of another kind is refused by its place. */
record JsonFields(String place, Map<?, ?> values) {
  static JsonFields of(String place, @Nullable Object json) {
    if (json instanceof Map<?, ?> map) {
      return new JsonFields(place, map);
    }
    throw new IllegalArgumentException("%s: expected an object".formatted(place));
  }

  boolean has(String key) {
    return values.get(key) != null;
  }

  boolean isObject(String key) {
    return values.get(key) instanceof Map;
  }

  int integer(String key) {
    if (values.get(key) instanceof Long value && value == value.intValue()) {
      return value.intValue();
    }
    throw error(key, "a whole number");
  }

  double number(String key) {
    if (values.get(key) instanceof Number value) {
      return value.doubleValue();
    }
    throw error(key, "a number");
  }

  boolean truth(String key) {
    if (values.get(key) instanceof Boolean value) {
      return value;
    }
    throw error(key, "true or false");
  }

  String text(String key) {
    if (values.get(key) instanceof String value) {
      return value;
    }
    throw error(key, "text");
  }

  <E extends Enum<E>> E constant(String key, Class<E> type) {
    String text = text(key).toUpperCase(Locale.ROOT);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(text)) {
        return constant;
      }
    }
    throw error(key, "one of " + List.of(type.getEnumConstants()));
  }

  JsonFields object(String key) {
    return of(place + "." + key, values.get(key));
  }

  List<JsonFields> objects(String key) {
    List<JsonFields> objects = new ArrayList<>();
    int index = 0;
    for (Object item : list(key)) {
      objects.add(of("%s.%s[%s]".formatted(place, key, index++), item));
    }
    return objects;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(key)) {
      if (!(item instanceof String text)) {
        throw error(key, "a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Returns every field as a number: a whole one stays whole. */
  Map<String, Number> numbers() {
    Map<String, Number> numbers = new LinkedHashMap<>();
    for (Object key : values.keySet()) {
      String name = String.valueOf(key);
      numbers.put(
          name, values.get(key) instanceof Long ? (Number) integer(name) : (Number) number(name));
    }
    return numbers;
  }

  private List<?> list(String key) {
    if (values.get(key) instanceof List<?> list) {
      return list;
    }
    throw error(key, "a list");
  }

  IllegalArgumentException error(String key, String expected) {
    return new IllegalArgumentException(
        "%s.%s: expected %s, found %s".formatted(place, key, expected, values.get(key)));
  }
}
