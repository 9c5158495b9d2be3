package org.trm4j.backend.cpu.kernel.amx;

/** bfloat16: the upper half of a float, 8 significant bits. */
public final class Bf16 {
  /** Bytes of a number. */
  public static final int BYTES = 2;

  private static final int QUIET = 0x0040;

  private Bf16() {}

  /** Returns the nearest bfloat16, ties to even; NaN stays NaN. */
  public static short of(float x) {
    int bits = Float.floatToRawIntBits(x);
    if (Float.isNaN(x)) {
      // Rounding could turn it into an infinity or a zero.
      return (short) (bits >>> 16 | QUIET);
    }
    return (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
  }

  public static float toFloat(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Returns two neighbours of a row, or two rows of a column, packed as a tile holds them. */
  static int pair(float first, float second) {
    return of(first) & 0xffff | of(second) << 16;
  }
}
