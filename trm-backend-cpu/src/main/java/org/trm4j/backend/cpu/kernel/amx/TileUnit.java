package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The eight tile registers and the instructions on them, as the Intel 64 and IA-32 Architectures
 * Software Developer's Manual, volume 2, defines them: {@code LDTILECFG}, {@code TILEZERO}, {@code
 * TILELOADD}, {@code TDPBF16PS}, {@code TILESTORED}. A register has up to 16 rows of up to 64
 * bytes.
 */
final class TileUnit {
  private static final int TILES = 8;
  private static final int ROWS = 16;
  private static final int LANES = 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int EXPONENT = 0x7f800000;
  private static final int SIGN = 0x80000000;
  // Products and sums of numbers from here up are multiples of 2^-114, so never subnormal.
  private static final int SAFE = Float.floatToRawIntBits(0x1p-50f);

  private final int[][] registers = new int[TILES][ROWS * LANES];
  private final int[] rows = new int[TILES];
  private final int[] lanes = new int[TILES];
  private final Pairs[] pairs = new Pairs[TILES];
  private final float[] even = new float[LANES];
  private final float[] odd = new float[LANES];

  TileUnit() {
    Arrays.setAll(pairs, tile -> new Pairs());
  }

  /** {@code LDTILECFG}: palette 1, then bytes of a row (from byte 16) and rows (from byte 48). */
  void configure(MemorySegment configuration) {
    if (configuration.get(ValueLayout.JAVA_BYTE, 0) != 1) {
      throw new IllegalStateException("tiles: palette is not 1");
    }
    for (int tile = 0; tile < TILES; tile++) {
      int bytes = configuration.get(ValueLayout.JAVA_SHORT, 16 + 2 * tile);
      int height = configuration.get(ValueLayout.JAVA_BYTE, 48 + tile);
      if (bytes < 0 || bytes > 4 * LANES || bytes % 4 != 0 || height < 0 || height > ROWS) {
        throw new IllegalStateException(
            "tile %s: %s rows of %s bytes".formatted(tile, height, bytes));
      }
      lanes[tile] = bytes / 4;
      rows[tile] = height;
      zero(tile);
    }
  }

  /** {@code TILEZERO}. */
  void zero(int tile) {
    Arrays.fill(registers[tile], 0);
    pairs[tile].stale = true;
  }

  /**
   * {@code TILELOADD}: rows are {@code stride} bytes apart; everything beyond the tile's shape
   * becomes zero.
   */
  void load(int tile, MemorySegment from, long at, long stride) {
    zero(tile);
    for (int row = 0; row < rows[tile]; row++) {
      MemorySegment.copy(from, INT, at + row * stride, registers[tile], row * LANES, lanes[tile]);
    }
  }

  /** {@code TILESTORED}. */
  void store(int tile, MemorySegment to, long at, long stride) {
    for (int row = 0; row < rows[tile]; row++) {
      MemorySegment.copy(registers[tile], row * LANES, to, INT, at + row * stride, lanes[tile]);
    }
  }

  /**
   * {@code TDPBF16PS sum, left, right}: for each element, the products of even and of odd places
   * are summed separately, from zero, by fused multiply-adds in the order of k; both sums are then
   * added to the element. All operations round to nearest even, read subnormal numbers as zero and
   * flush subnormal results to zero, whatever the control register says.
   */
  void multiply(int sum, int left, int right) {
    int depth = lanes[left];
    if (rows[sum] != rows[left] || lanes[sum] != lanes[right] || rows[right] != depth) {
      throw new IllegalStateException("tdpbf16ps: shapes of the tiles do not match");
    }
    Pairs a = pairs[left].of(registers[left]);
    Pairs b = pairs[right].of(registers[right]);
    int[] target = registers[sum];
    for (int row = 0; row < rows[sum]; row++) {
      int from = row * LANES;
      if (a.safe && b.safe) {
        for (int lane = 0; lane < LANES; lane += 8) {
          sumEight(a.even, from, b.even, lane, depth, even);
          sumEight(a.odd, from, b.odd, lane, depth, odd);
        }
      } else {
        sumFlushed(a.even, from, b.even, depth, even);
        sumFlushed(a.odd, from, b.odd, depth, odd);
      }
      for (int lane = 0; lane < lanes[sum]; lane++) {
        float before = flush(Float.intBitsToFloat(target[from + lane]));
        float products = flush(even[lane] + odd[lane]);
        target[from + lane] = Float.floatToRawIntBits(flush(before + products));
      }
    }
    pairs[sum].stale = true;
  }

  /** Eight sums at a time stay in the processor's registers: the model is half again as fast. */
  private static void sumEight(
      float[] left, int from, float[] right, int lane, int depth, float[] sums) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float s4 = 0;
    float s5 = 0;
    float s6 = 0;
    float s7 = 0;
    for (int k = 0; k < depth; k++) {
      float a = left[from + k];
      int at = k * LANES + lane;
      s0 = Math.fma(a, right[at], s0);
      s1 = Math.fma(a, right[at + 1], s1);
      s2 = Math.fma(a, right[at + 2], s2);
      s3 = Math.fma(a, right[at + 3], s3);
      s4 = Math.fma(a, right[at + 4], s4);
      s5 = Math.fma(a, right[at + 5], s5);
      s6 = Math.fma(a, right[at + 6], s6);
      s7 = Math.fma(a, right[at + 7], s7);
    }
    sums[lane] = s0;
    sums[lane + 1] = s1;
    sums[lane + 2] = s2;
    sums[lane + 3] = s3;
    sums[lane + 4] = s4;
    sums[lane + 5] = s5;
    sums[lane + 6] = s6;
    sums[lane + 7] = s7;
  }

  private static void sumFlushed(float[] left, int from, float[] right, int depth, float[] sums) {
    Arrays.fill(sums, 0f);
    for (int k = 0; k < depth; k++) {
      for (int lane = 0; lane < LANES; lane++) {
        sums[lane] = flush(Math.fma(left[from + k], right[k * LANES + lane], sums[lane]));
      }
    }
  }

  private static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? x * 0f : x;
  }

  /** The floats of a register's even and odd places, made once for all products that read it. */
  private static final class Pairs {
    private final float[] even = new float[ROWS * LANES];
    private final float[] odd = new float[ROWS * LANES];
    private boolean safe;
    private boolean stale = true;

    Pairs of(int[] register) {
      if (stale) {
        int unsafe = 0;
        for (int i = 0; i < register.length; i++) {
          int low = register[i] << 16;
          int high = register[i] & 0xffff0000;
          unsafe |= nearSubnormal(low & EXPONENT) | nearSubnormal(high & EXPONENT);
          even[i] = Float.intBitsToFloat(flushed(low));
          odd[i] = Float.intBitsToFloat(flushed(high));
        }
        safe = unsafe >= 0;
        stale = false;
      }
      return this;
    }

    /** Negative for exponents above that of zero and below that of {@link #SAFE}. */
    private static int nearSubnormal(int exponent) {
      return (exponent - SAFE) & ~(exponent - 1);
    }

    private static int flushed(int bits) {
      return (bits & EXPONENT) == 0 ? bits & SIGN : bits;
    }
  }
}
