package org.trm4j.checkpoint.content;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apiguardian.api.API;

/**
 * Element types of checkpoint files, each with its conversion to float; those of floating point
 * down to 16 bits are written too.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public enum ElementType {
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

  public final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  public float read(MemorySegment data, long index) {
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

  /**
   * Appends a value, rounded to the nearest, to even in a tie. A finite value that the type cannot
   * hold is refused with an {@link IllegalArgumentException}.
   */
  public void write(float value, ByteBuffer littleEndian) {
    switch (this) {
      case F32 -> littleEndian.putFloat(value);
      case F16 -> littleEndian.putShort(half(value));
      case BF16 -> littleEndian.putShort(brain(value));
      default -> throw new IllegalArgumentException("type %s is not written".formatted(this));
    }
  }

  private static short half(float value) {
    short bits = Float.floatToFloat16(value);
    if (Float.isFinite(value) && !Float.isFinite(Float.float16ToFloat(bits))) {
      throw new IllegalArgumentException(
          "%s, expected at most 65504 in size, the largest number of F16".formatted(value));
    }
    return bits;
  }

  private static short brain(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      // Rounding could carry out of the last bits of a NaN and leave an infinity.
      return (short) (bits >> 16 | 0x40);
    }
    int rounded = bits + 0x7FFF + (bits >> 16 & 1);
    if (Float.isFinite(value) && !Float.isFinite(Float.intBitsToFloat(rounded & 0xFFFF0000))) {
      throw new IllegalArgumentException(
          "%s, expected at most 3.39e38 in size, the largest number of BF16".formatted(value));
    }
    return (short) (rounded >> 16);
  }
}
