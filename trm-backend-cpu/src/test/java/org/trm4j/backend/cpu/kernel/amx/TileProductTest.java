package org.trm4j.backend.cpu.kernel.amx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.backend.cpu.kernel.vector.VectorTileKernels;

/** Packed matrices on the model, and on the machine if it has tiles. */
class TileProductTest {
  private static final TileKernels KERNELS = new VectorTileKernels();
  private final Arena arena = Arena.ofAuto();

  static Stream<Arguments> sizes() {
    return Stream.of(
            new int[][] {
              {1, 1, 1},
              {2, 3, 5},
              {15, 31, 17},
              {16, 32, 32},
              {17, 33, 33},
              {31, 64, 40},
              {33, 50, 64},
              {48, 96, 96},
              {97, 81, 70},
              {7, 512, 200}
            })
        .map(s -> Arguments.of(s[0], s[1], s[2]));
  }

  /** A product of random matrices, with its factors. */
  private final class Case {
    final int rows;
    final int length;
    final int columns;
    final float[] left;
    final float[] right;
    final MemorySegment a;
    final MemorySegment b;
    final long lda;
    final int depth;
    final Tiling tiling;

    Case(int rows, int length, int columns) {
      this.rows = rows;
      this.length = length;
      this.columns = columns;
      SplittableRandom random = new SplittableRandom(rows * 31L + length * 7L + columns);
      left = gaussian(random, rows * length);
      right = gaussian(random, length * columns);
      lda = Tiling.leftStride(length);
      depth = Tiling.depth(length);
      tiling = Tiling.of(rows);
      a = arena.allocate(Tiling.left(rows, length), 64);
      b = arena.allocate(Tiling.right(length, columns), 64);
      KERNELS.rows(left, 0, length, rows, length, a, 0, lda);
      KERNELS.pairs(right, 0, columns, length, depth * Tiling.DEPTH, columns, b, 0, depth, 0);
    }

    float[] run(Tiles tiles) {
      long ldc = (long) Tiling.panels(columns) * Tiling.RESULT + 64;
      MemorySegment c = arena.allocate(Tiling.padded(rows) * ldc, 64);
      MemorySegment call = arena.allocate(TileCall.BYTES, 64);
      new TileProduct(tiles, call, 0)
          .multiply(a, 0, lda, tiling, b, 0, depth, Tiling.panels(columns), c, 0, ldc);
      float[] out = new float[rows * columns];
      TileCopy.results(c, 0, ldc, rows, columns, out, 0, columns);
      return out;
    }
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void theModelMultipliesRoundedFactors(int rows, int length, int columns) {
    Case product = new Case(rows, length, columns);
    float[] found = product.run(new TileModel());
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double sum = 0;
        double size = 0;
        for (int k = 0; k < length; k++) {
          double x = Bf16.toFloat(Bf16.of(product.left[i * length + k]));
          double y = Bf16.toFloat(Bf16.of(product.right[k * columns + j]));
          sum += x * y;
          size += Math.abs(x * y);
        }
        double error = Math.abs(found[i * columns + j] - sum);
        assertThat(error <= (length + 2) * 0x1p-24 * size)
            .as("row %s, column %s: %s, expected %s", i, j, found[i * columns + j], sum)
            .isTrue();
      }
    }
  }

  /**
   * The assembler source, run line by line: arguments, addresses, loops and the caller's registers.
   * {@link MachineCodeTest} shows that it assembles to the machine code.
   */
  @ParameterizedTest
  @MethodSource("sizes")
  @SuppressWarnings("restricted")
  void theSourceComputesWhatTheModelDoes(int rows, int length, int columns) throws IOException {
    Case product = new Case(rows, length, columns);
    AssemblerRun source =
        new AssemblerRun(MachineCodeTest.source(), MemorySegment.NULL.reinterpret(Long.MAX_VALUE));
    Tiles tiles =
        new Tiles() {
          @Override
          public void run(TileCall call) {
            call.check();
            TileMachine.addresses(call);
            source.call(call.block.address());
          }

          @Override
          public String description() {
            return "assembler source";
          }
        };
    assertThat(product.run(tiles)).isEqualTo(product.run(new TileModel()));
  }

  /** On machines with tiles: equal to the model bit for bit. */
  @ParameterizedTest
  @MethodSource("sizes")
  void theMachineComputesWhatTheModelDoes(int rows, int length, int columns) {
    AmxMachines.assume();
    Case product = new Case(rows, length, columns);
    assertThat(product.run(new TileMachine())).isEqualTo(product.run(new TileModel()));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void transposesPairsBothWays(int rows, int length, int columns) {
    SplittableRandom random = new SplittableRandom(length);
    float[] x = gaussian(random, rows * length);
    int depth = Tiling.depth(length);
    int pairs = depth * Tiling.HEIGHT;
    long stride = Tiling.leftStride(length);
    MemorySegment left = arena.allocate(Tiling.left(rows, length), 64);
    MemorySegment right = arena.allocate(Tiling.right(length, rows), 64);
    MemorySegment again = arena.allocate(Tiling.left(rows, length), 64);
    KERNELS.rows(x, 0, length, rows, length, left, 0, stride);
    TileCopy.rowsToPairs(left, 0, stride, rows, pairs, right, 0, depth, 0);
    float[] turned = new float[x.length];
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < length; k++) {
        turned[k * rows + i] = x[i * length + k];
      }
    }
    MemorySegment expected = arena.allocate(Tiling.right(length, rows), 64);
    KERNELS.pairs(turned, 0, rows, length, depth * Tiling.DEPTH, rows, expected, 0, depth, 0);
    assertThat(right.mismatch(expected)).isEqualTo(-1);
    TileCopy.pairsToRows(right, 0, depth, pairs, rows, again, 0, stride);
    assertThat(again.mismatch(left)).isEqualTo(-1);
  }

  @Test
  void refusesToLeaveItsMemory() {
    Case product = new Case(17, 33, 40);
    MemorySegment c = arena.allocate(4096, 64);
    MemorySegment memory = arena.allocate(TileCall.BYTES, 64);
    for (int what = 0; what < 4; what++) {
      long left = what == 0 ? product.a.byteSize() : product.lda;
      int panels = what == 1 ? 3 : 1;
      long result = what == 2 ? 1024 : Tiling.RESULT;
      int depth = what == 3 ? 0 : product.depth;
      TileCall call =
          new TileCall(memory, 0)
              .left(product.a, 0, left)
              .right(product.b, 0, depth, panels, (long) product.depth * Tiling.STEP)
              .result(c, 0, result, 0)
              .rows(product.tiling);
      assertThatThrownBy(() -> new TileModel().run(call))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessageMatching("(left factor|right factor|result|depth).*");
    }
  }

  /** Every loop that writes bfloat16 rounds like {@link Bf16}, special numbers included. */
  @Test
  void vectorsRoundAsNumbersDo() {
    float[] x = new float[4 * 40];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < x.length; i++) {
      x[i] = Float.intBitsToFloat(i % 3 == 0 ? random.nextInt() | 0x8000 : random.nextInt());
    }
    x[3] = Float.NaN;
    x[4] = Float.intBitsToFloat(0x7f800001);
    x[5] = Float.MAX_VALUE;
    x[6] = Float.NEGATIVE_INFINITY;
    x[45] = Float.intBitsToFloat(0xffffffff);
    MemorySegment rows = arena.allocate(Tiling.left(4, 40), 64);
    MemorySegment pairs = arena.allocate(Tiling.right(4, 40), 64);
    KERNELS.rows(x, 0, 40, 4, 40, rows, 0, Tiling.leftStride(40));
    KERNELS.pairs(x, 0, 40, 4, 32, 40, pairs, 0, 1, 0);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 40; j++) {
        short expected = Bf16.of(x[i * 40 + j]);
        long row = i * Tiling.leftStride(40) + 2L * j;
        assertThat(rows.get(ValueLayout.JAVA_SHORT, row)).isEqualTo(expected);
        long pair = Tiling.pair(1, i / 2, j) + i % 2 * 2;
        assertThat(pairs.get(ValueLayout.JAVA_SHORT, pair)).isEqualTo(expected);
      }
    }
  }

  private static float[] gaussian(SplittableRandom random, int n) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }
}
