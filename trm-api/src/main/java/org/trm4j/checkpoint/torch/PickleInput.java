package org.trm4j.checkpoint.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of a pickle; every read is checked against what is left. */
final class PickleInput {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong BIG_LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int MAX_LINE = 1000;

  private final MemorySegment bytes;
  private long at;

  PickleInput(MemorySegment bytes) {
    this.bytes = bytes;
  }

  long position() {
    return at;
  }

  long size() {
    return bytes.byteSize();
  }

  int unsignedByte() {
    return take(1).get(ValueLayout.JAVA_BYTE, 0) & 0xFF;
  }

  int unsignedShort() {
    return take(2).get(SHORT, 0) & 0xFFFF;
  }

  int integer() {
    return take(4).get(INT, 0);
  }

  long longInteger() {
    return take(8).get(LONG, 0);
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(take(8).get(BIG_LONG, 0));
  }

  /** Reads a two's complement number of that many bytes, at most 8. */
  long twosComplement(int count) {
    if (count > 8) {
      throw new IllegalArgumentException(
          "pickle: number of %s bytes at byte %s, expected at most 8".formatted(count, at));
    }
    MemorySegment number = take(count);
    long value = 0;
    for (int i = count - 1; i >= 0; i--) {
      byte b = number.get(ValueLayout.JAVA_BYTE, i);
      value = i == count - 1 ? b : value << 8 | (b & 0xFF);
    }
    return value;
  }

  String text(long length) {
    return new String(take(length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  String line() {
    StringBuilder line = new StringBuilder();
    for (int c = unsignedByte(); c != '\n'; c = unsignedByte()) {
      if (line.length() == MAX_LINE) {
        throw new IllegalArgumentException("pickle: line too long at byte " + at);
      }
      line.append((char) c);
    }
    return line.toString();
  }

  void skip(long length) {
    take(length);
  }

  private MemorySegment take(long length) {
    if (length < 0 || length > bytes.byteSize() - at) {
      throw new IllegalArgumentException(
          "pickle: %s bytes at byte %s, it has %s".formatted(length, at, bytes.byteSize()));
    }
    MemorySegment taken = bytes.asSlice(at, length);
    at += length;
    return taken;
  }
}
