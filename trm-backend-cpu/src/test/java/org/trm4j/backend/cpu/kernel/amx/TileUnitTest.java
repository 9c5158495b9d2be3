package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The instructions, against values computed from their definition in exact arithmetic. */
class TileUnitTest {
  private static final long STRIDE = 80;
  private final Arena arena = Arena.ofAuto();
  private final MemorySegment a = arena.allocate(16 * STRIDE, 64);
  private final MemorySegment b = arena.allocate(16 * STRIDE, 64);
  private final MemorySegment c = arena.allocate(16 * STRIDE, 64);

  /**
   * A unit whose tiles 0 and 1 have the given number of rows; tile 2 has one for each pair of a
   * row.
   */
  private TileUnit unit(int rows, int pairs, int columns) {
    MemorySegment configuration = arena.allocate(64, 64);
    configuration.set(ValueLayout.JAVA_BYTE, 0, (byte) 1);
    int[][] shapes = {{rows, columns}, {rows, pairs}, {pairs, columns}};
    for (int tile = 0; tile < 3; tile++) {
      configuration.set(ValueLayout.JAVA_BYTE, 48 + tile, (byte) shapes[tile][0]);
      configuration.set(ValueLayout.JAVA_SHORT, 16 + 2 * tile, (short) (4 * shapes[tile][1]));
    }
    TileUnit unit = new TileUnit();
    unit.configure(configuration);
    return unit;
  }

  /** {@code small} draws factors whose products are sometimes subnormal. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void multipliesAsTheManualSays(boolean small) {
    SplittableRandom random = new SplittableRandom(small ? 2 : 1);
    for (int[] shape : new int[][] {{16, 16, 16}, {1, 1, 1}, {7, 16, 16}, {13, 5, 9}}) {
      int rows = shape[0];
      int pairs = shape[1];
      int columns = shape[2];
      short[][] left = new short[rows][2 * pairs];
      short[][] right = new short[2 * pairs][columns];
      float[][] sum = new float[rows][columns];
      for (int i = 0; i < rows; i++) {
        for (int k = 0; k < 2 * pairs; k++) {
          left[i][k] = draw(random, small);
          a.set(ValueLayout.JAVA_SHORT, i * STRIDE + 2L * k, left[i][k]);
        }
        for (int j = 0; j < columns; j++) {
          sum[i][j] = (float) random.nextGaussian() * (small ? 1e-38f : 1);
          c.set(ValueLayout.JAVA_FLOAT, i * STRIDE + 4L * j, sum[i][j]);
        }
      }
      for (int k = 0; k < 2 * pairs; k++) {
        for (int j = 0; j < columns; j++) {
          right[k][j] = draw(random, small);
          b.set(ValueLayout.JAVA_SHORT, k / 2 * STRIDE + 4L * j + k % 2 * 2, right[k][j]);
        }
      }
      TileUnit unit = unit(rows, pairs, columns);
      unit.load(0, c, 0, STRIDE);
      unit.load(1, a, 0, STRIDE);
      unit.load(2, b, 0, STRIDE);
      unit.multiply(0, 1, 2);
      unit.store(0, c, 0, STRIDE);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          float even = 0;
          float odd = 0;
          for (int k = 0; k < pairs; k++) {
            even = fused(left[i][2 * k], right[2 * k][j], even);
            odd = fused(left[i][2 * k + 1], right[2 * k + 1][j], odd);
          }
          float expected = flush(flush(sum[i][j]) + flush(even + odd));
          float found = c.get(ValueLayout.JAVA_FLOAT, i * STRIDE + 4L * j);
          assertThat(Float.floatToRawIntBits(found))
              .as("%s, expected %s", found, expected)
              .isEqualTo(Float.floatToRawIntBits(expected));
        }
      }
    }
  }

  private static short draw(SplittableRandom random, boolean small) {
    double x = random.nextGaussian() * (small ? Math.scalb(1.0, -random.nextInt(55, 75)) : 1);
    return Bf16.of((float) x);
  }

  /** A fused multiply-add by exact arithmetic. */
  private static float fused(short a, short b, float sum) {
    float x = flush(Bf16.toFloat(a));
    float y = flush(Bf16.toFloat(b));
    if (x == 0 || y == 0) {
      return flush(x * y + sum);
    }
    float exact =
        new BigDecimal(x).multiply(new BigDecimal(y)).add(new BigDecimal(sum)).floatValue();
    return flush(exact);
  }

  private static float flush(float x) {
    return Math.abs(x) < Float.MIN_NORMAL ? Math.copySign(0, x) : x;
  }

  @Test
  void takesSubnormalNumbersAsZero() {
    TileUnit unit = unit(1, 1, 1);
    // The smallest normal number times one half, and a subnormal number times a large one.
    a.set(ValueLayout.JAVA_SHORT, 0, Bf16.of(Float.MIN_NORMAL));
    b.set(ValueLayout.JAVA_SHORT, 0, Bf16.of(0.5f));
    a.set(ValueLayout.JAVA_SHORT, 2, Bf16.of(Float.MIN_NORMAL / 2));
    b.set(ValueLayout.JAVA_SHORT, 2, Bf16.of(0x1p100f));
    c.set(ValueLayout.JAVA_FLOAT, 0, Float.MIN_NORMAL / 2);
    unit.load(0, c, 0, STRIDE);
    unit.load(1, a, 0, STRIDE);
    unit.load(2, b, 0, STRIDE);
    unit.multiply(0, 1, 2);
    unit.store(0, c, 0, STRIDE);
    assertThat(c.get(ValueLayout.JAVA_FLOAT, 0)).isZero();
  }

  @Test
  void passesOnInfinitiesAndNaN() {
    TileUnit unit = unit(1, 1, 1);
    a.set(ValueLayout.JAVA_SHORT, 0, Bf16.of(Float.POSITIVE_INFINITY));
    b.set(ValueLayout.JAVA_SHORT, 0, Bf16.of(2));
    c.set(ValueLayout.JAVA_FLOAT, 0, 1);
    unit.load(0, c, 0, STRIDE);
    unit.load(1, a, 0, STRIDE);
    unit.load(2, b, 0, STRIDE);
    unit.multiply(0, 1, 2);
    unit.store(0, c, 0, STRIDE);
    assertThat(c.get(ValueLayout.JAVA_FLOAT, 0)).isEqualTo(Float.POSITIVE_INFINITY);
    b.set(ValueLayout.JAVA_SHORT, 0, Bf16.of(0));
    unit.load(2, b, 0, STRIDE);
    unit.multiply(0, 1, 2);
    unit.store(0, c, 0, STRIDE);
    assertThat(c.get(ValueLayout.JAVA_FLOAT, 0)).isNaN();
  }

  @Test
  void refusesShapesThatDoNotMatch() {
    TileUnit unit = unit(4, 3, 5);
    assertThatThrownBy(() -> unit.multiply(0, 2, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shapes");
    assertThatThrownBy(() -> unit.configure(arena.allocate(64)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("palette");
  }
}
