package org.trm4j.checkpoint.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the safetensors specification asks of a valid file besides each tensor for itself: a header
 * of valid UTF-8 that begins with a brace, texts as metadata, and tensors that lie one after the
 * other without overlaps, holes or bytes left at the end.
 */
final class SafetensorsRules {
  /** As many dimensions as numpy has at most. */
  static final int MAX_RANK = 64;

  private static final int MAX_NAME = 4096;

  private final List<Extent> extents = new ArrayList<>();

  private record Extent(String name, long begin, long end) {}

  /** Returns the header's text. */
  static String text(byte[] header) {
    if (header[0] != '{') {
      throw new IllegalArgumentException(
          "header begins with byte 0x%02x, expected '{'".formatted(header[0]));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("header: not valid UTF-8", e);
    }
  }

  static String name(String name) {
    if (name.length() > MAX_NAME) {
      throw new IllegalArgumentException(
          "tensor %s...: a name of %s characters, expected at most %s"
              .formatted(name.substring(0, 100), name.length(), MAX_NAME));
    }
    return name;
  }

  static String metadata(@Nullable Object key, @Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("metadata %s: %s, expected text".formatted(key, value));
  }

  void add(String name, long begin, long end) {
    extents.add(new Extent(name, begin, end));
  }

  /**
   * Checks where the tensors lie.
   *
   * @param size bytes after the header
   */
  void check(long size) {
    extents.sort(Comparator.comparingLong(Extent::begin).thenComparingLong(Extent::end));
    long at = 0;
    for (Extent extent : extents) {
      if (extent.begin != at) {
        throw new IllegalArgumentException(
            "tensor %s: begins at byte %s of the data, expected %s: tensors %s"
                .formatted(
                    extent.name,
                    extent.begin,
                    at,
                    extent.begin < at ? "overlap" : "have a hole between them"));
      }
      at = extent.end;
    }
    if (at != size) {
      throw new IllegalArgumentException(
          "%s bytes after the last tensor, expected none".formatted(size - at));
    }
  }
}
