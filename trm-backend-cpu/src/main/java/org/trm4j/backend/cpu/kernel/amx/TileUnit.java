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
  // Products and sums of numbers from here up are multiples of 2^-114, so never subnormal.
  private static final float SAFE = 0x1p-50f;

  private final int[][] registers = new int[TILES][ROWS * LANES];
  private final int[] rows = new int[TILES];
  private final int[] lanes = new int[TILES];
  private final float[] leftEven = new float[ROWS * LANES];
  private final float[] leftOdd = new float[ROWS * LANES];
  private final float[] rightEven = new float[ROWS * LANES];
  private final float[] rightOdd = new float[ROWS * LANES];
  private final float[] even = new float[LANES];
  private final float[] odd = new float[LANES];

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
  }

  /** {@code TILELOADD}: rows so many bytes apart; what is beyond the tile's shape becomes zero. */
  void load(int tile, MemorySegment from, long at, long stride) {
    int[] register = registers[tile];
    Arrays.fill(register, 0);
    for (int row = 0; row < rows[tile]; row++) {
      for (int lane = 0; lane < lanes[tile]; lane++) {
        register[row * LANES + lane] = from.get(INT, at + row * stride + 4L * lane);
      }
    }
  }

  /** {@code TILESTORED}. */
  void store(int tile, MemorySegment to, long at, long stride) {
    int[] register = registers[tile];
    for (int row = 0; row < rows[tile]; row++) {
      for (int lane = 0; lane < lanes[tile]; lane++) {
        to.set(INT, at + row * stride + 4L * lane, register[row * LANES + lane]);
      }
    }
  }

  /**
   * {@code TDPBF16PS sum, left, right}: for each element the products of even and of odd places are
   * summed apart, from zero, by fused multiply-adds in the order of k; their sum is added to the
   * element. All round to nearest even, take subnormal numbers as zero and give zero for them,
   * whatever the control register says.
   */
  void multiply(int sum, int left, int right) {
    int pairs = lanes[left];
    if (rows[sum] != rows[left] || lanes[sum] != lanes[right] || rows[right] != pairs) {
      throw new IllegalStateException("tdpbf16ps: shapes of the tiles do not match");
    }
    boolean safe =
        split(registers[left], leftEven, leftOdd) & split(registers[right], rightEven, rightOdd);
    for (int row = 0; row < rows[sum]; row++) {
      Arrays.fill(even, 0f);
      Arrays.fill(odd, 0f);
      for (int k = 0; k < pairs; k++) {
        float a = leftEven[row * LANES + k];
        float b = leftOdd[row * LANES + k];
        if (safe) {
          add(a, rightEven, k * LANES, even);
          add(b, rightOdd, k * LANES, odd);
        } else {
          addFlushed(a, rightEven, k * LANES, even);
          addFlushed(b, rightOdd, k * LANES, odd);
        }
      }
      int[] target = registers[sum];
      for (int lane = 0; lane < lanes[sum]; lane++) {
        int at = row * LANES + lane;
        float before = flush(Float.intBitsToFloat(target[at]));
        target[at] = Float.floatToRawIntBits(flush(before + flush(even[lane] + odd[lane])));
      }
    }
  }

  private static void add(float a, float[] b, int from, float[] sums) {
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] = Math.fma(a, b[from + lane], sums[lane]);
    }
  }

  private static void addFlushed(float a, float[] b, int from, float[] sums) {
    for (int lane = 0; lane < LANES; lane++) {
      sums[lane] = flush(Math.fma(a, b[from + lane], sums[lane]));
    }
  }

  /** Makes floats of even and odd places; returns whether none is near the subnormal numbers. */
  private static boolean split(int[] register, float[] even, float[] odd) {
    boolean safe = true;
    for (int i = 0; i < register.length; i++) {
      float low = flush(Float.intBitsToFloat(register[i] << 16));
      float high = flush(Float.intBitsToFloat(register[i] & 0xffff0000));
      even[i] = low;
      odd[i] = high;
      safe &= (low == 0 || Math.abs(low) >= SAFE) & (high == 0 || Math.abs(high) >= SAFE);
    }
    return safe;
  }

  private static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? x * 0f : x;
  }
}
