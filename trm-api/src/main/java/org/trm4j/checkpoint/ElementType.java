package org.trm4j.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Element types of checkpoint files, each with its conversion to float. */
enum ElementType {
  F64(8),
  F32(4),
  F16(2),
  BF16(2),
  I64(8),
  I32(4),
  I16(2),
  I8(1),
  U8(1),
  BOOL(1);

  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  float read(MemorySegment data, long index) {
    long at = index * bytes;
    return switch (this) {
      case F64 -> (float) Double.longBitsToDouble(data.get(LONG, at));
      case F32 -> Float.intBitsToFloat(data.get(INT, at));
      case F16 -> Float.float16ToFloat(data.get(SHORT, at));
      case BF16 -> Float.intBitsToFloat(data.get(SHORT, at) << 16);
      case I64 -> data.get(LONG, at);
      case I32 -> data.get(INT, at);
      case I16 -> data.get(SHORT, at);
      case I8 -> data.get(ValueLayout.JAVA_BYTE, at);
      case U8 -> data.get(ValueLayout.JAVA_BYTE, at) & 0xFF;
      case BOOL -> data.get(ValueLayout.JAVA_BYTE, at) == 0 ? 0 : 1;
    };
  }
}
