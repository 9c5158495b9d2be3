package org.trm4j.json;

import java.util.Iterator;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Writes maps, iterables, strings, finite numbers, booleans and null as compact JSON. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class JsonWriter {
  private JsonWriter() {}

  /** Returns the value as JSON. */
  public static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    append(value, out);
    return out.toString();
  }

  private static void append(@Nullable Object value, StringBuilder out) {
    switch (value) {
      case null -> out.append("null");
      case String string -> string(string, out);
      case Boolean bool -> out.append(bool);
      case Number number -> {
        if (!Double.isFinite(number.doubleValue())) {
          throw new IllegalArgumentException("JSON: " + number + " cannot be written");
        }
        out.append(number);
      }
      case Map<?, ?> map -> {
        out.append('{');
        Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
        while (entries.hasNext()) {
          Map.Entry<?, ?> entry = entries.next();
          string(String.valueOf(entry.getKey()), out);
          out.append(':');
          append(entry.getValue(), out);
          out.append(entries.hasNext() ? "," : "");
        }
        out.append('}');
      }
      case Iterable<?> iterable -> {
        out.append('[');
        Iterator<?> items = iterable.iterator();
        while (items.hasNext()) {
          append(items.next(), out);
          out.append(items.hasNext() ? "," : "");
        }
        out.append(']');
      }
      default ->
          throw new IllegalArgumentException("JSON: cannot write a " + value.getClass().getName());
    }
  }

  private static void string(String string, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
