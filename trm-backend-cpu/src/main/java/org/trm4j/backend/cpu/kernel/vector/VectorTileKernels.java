package org.trm4j.backend.cpu.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;
import org.trm4j.backend.cpu.kernel.amx.Bf16;
import org.trm4j.backend.cpu.kernel.amx.TileKernels;
import org.trm4j.backend.cpu.kernel.amx.Tiling;

/** {@link TileKernels} on the Vector API. */
public final class VectorTileKernels implements TileKernels {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int V = Lanes.COUNT;
  private static final VectorSpecies<Short> S =
      VectorSpecies.of(short.class, VectorShape.forBitSize(F.vectorBitSize() / 2));
  private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
  private static final int TILE = Tiling.HEIGHT;
  private static final int HALF = Tiling.HEIGHT * Tiling.RESULT;

  @Override
  public void rows(
      float[] x, int x0, int ldx, int rows, int columns, MemorySegment to, long at, long stride) {
    int padded = Tiling.depth(columns) * Tiling.DEPTH;
    for (int row = 0; row < rows; row++) {
      int from = x0 + row * ldx;
      long target = at + row * stride;
      int i = 0;
      for (; i <= columns - V; i += V) {
        narrow(load(x, from + i)).intoMemorySegment(to, target + 2L * i, ORDER);
      }
      for (; i < columns; i++) {
        to.set(ValueLayout.JAVA_SHORT, target + 2L * i, Bf16.of(x[from + i]));
      }
      for (; i < padded; i++) {
        to.set(ValueLayout.JAVA_SHORT, target + 2L * i, (short) 0);
      }
    }
  }

  @Override
  public void pairs(
      float[] x,
      int x0,
      int ldx,
      int rows,
      int filled,
      int columns,
      MemorySegment to,
      long at,
      int depth,
      int first) {
    FloatVector zero = FloatVector.zero(F);
    int padded = Tiling.panels(columns) * Tiling.PANEL;
    for (int row = 0; row < filled; row += 2) {
      int from = x0 + row * ldx;
      int pair = (first + row) / 2;
      int i = 0;
      for (; i <= columns - V; i += V) {
        FloatVector even = row < rows ? load(x, from + i) : zero;
        FloatVector odd = row + 1 < rows ? load(x, from + ldx + i) : zero;
        pair(even, odd).intoMemorySegment(to, at + Tiling.pair(depth, pair, i), ORDER);
      }
      for (; i < padded; i++) {
        float even = row < rows && i < columns ? x[from + i] : 0;
        float odd = row + 1 < rows && i < columns ? x[from + ldx + i] : 0;
        int both = Bf16.of(even) & 0xffff | Bf16.of(odd) << 16;
        to.set(ValueLayout.JAVA_INT, at + Tiling.pair(depth, pair, i), both);
      }
    }
  }

  @Override
  public void swiGluRows(
      MemorySegment results, long from, int rows, MemorySegment to, long at, long ld) {
    for (int row = 0; row < rows; row++) {
      long gate = from + (long) row * Tiling.RESULT;
      for (int i = 0; i < TILE; i += V) {
        FloatVector act = swiGlu(load(results, gate + 4L * i), load(results, gate + 64 + 4L * i));
        narrow(act).intoMemorySegment(to, at + row * ld + 2L * i, ORDER);
      }
    }
  }

  @Override
  public void swiGluPairs(MemorySegment results, long from, MemorySegment to, long at) {
    for (int row = 0; row < TILE; row += 2) {
      for (int i = 0; i < Tiling.PANEL; i += V) {
        long gate = from + (long) row * Tiling.RESULT + 4L * i;
        long next = gate + Tiling.RESULT;
        FloatVector even = swiGlu(load(results, gate), load(results, gate + HALF));
        FloatVector odd = swiGlu(load(results, next), load(results, next + HALF));
        long target = at + (i / TILE * TILE + row / 2) * 64L + i % TILE * 4L;
        pair(even, odd).intoMemorySegment(to, target, ORDER);
      }
    }
  }

  @Override
  public float residualNorm(
      MemorySegment product,
      long from,
      float[] x,
      int x0,
      int n,
      float epsilon,
      float[] out,
      int o0) {
    FloatVector squares = FloatVector.zero(F);
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector u = load(product, from + 4L * i).add(load(x, x0 + i));
      squares = u.fma(u, squares);
      u.intoArray(out, o0 + i);
    }
    float sum = LaneSum.of(squares);
    for (; i < n; i++) {
      float u = product.get(ValueLayout.JAVA_FLOAT, from + 4L * i) + x[x0 + i];
      sum += u * u;
      out[o0 + i] = u;
    }
    float r = (float) (1 / Math.sqrt(sum / (double) n + epsilon));
    for (i = 0; i <= n - V; i += V) {
      load(out, o0 + i).mul(r).intoArray(out, o0 + i);
    }
    for (; i < n; i++) {
      out[o0 + i] *= r;
    }
    return r;
  }

  @Override
  public void residualNormColumns(
      MemorySegment product,
      long from,
      int rows,
      int columns,
      float[] x,
      int x0,
      int ldx,
      float epsilon,
      float[] out,
      int o0,
      float[] r) {
    Arrays.fill(r, 0, Tiling.PANEL, 0f);
    int i = 0;
    for (; i <= columns - V; i += V) {
      FloatVector squares = FloatVector.zero(F);
      for (int row = 0; row < rows; row++) {
        FloatVector u =
            load(product, from + (long) row * Tiling.RESULT + 4L * i)
                .add(load(x, x0 + row * ldx + i));
        squares = u.fma(u, squares);
        u.intoArray(out, o0 + row * ldx + i);
      }
      FloatVector mean = squares.div((float) rows).add(epsilon);
      FloatVector factor = FloatVector.broadcast(F, 1f).div(mean.lanewise(VectorOperators.SQRT));
      factor.intoArray(r, i);
      for (int row = 0; row < rows; row++) {
        int at = o0 + row * ldx + i;
        load(out, at).mul(factor).intoArray(out, at);
      }
    }
    for (; i < columns; i++) {
      float sum = 0;
      for (int row = 0; row < rows; row++) {
        float u =
            product.get(ValueLayout.JAVA_FLOAT, from + (long) row * Tiling.RESULT + 4L * i)
                + x[x0 + row * ldx + i];
        sum = Math.fma(u, u, sum);
        out[o0 + row * ldx + i] = u;
      }
      r[i] = (float) (1 / Math.sqrt(sum / rows + epsilon));
      for (int row = 0; row < rows; row++) {
        out[o0 + row * ldx + i] *= r[i];
      }
    }
  }

  private static FloatVector swiGlu(FloatVector gate, FloatVector up) {
    return gate.div(VectorExp.exp(VectorExp.limit(gate.neg())).add(1f)).mul(up);
  }

  /** Rounded to nearest even in the upper halves; the lower halves are what is left. */
  private static IntVector round(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    IntVector rounded = bits.lanewise(VectorOperators.LSHR, 16).and(1).add(0x7fff).add(bits);
    return rounded.blend(
        bits.or(0x00400000), x.test(VectorOperators.IS_NAN).cast(rounded.species()));
  }

  private static ShortVector narrow(FloatVector x) {
    IntVector high = round(x).lanewise(VectorOperators.LSHR, 16);
    return (ShortVector) high.convertShape(VectorOperators.I2S, S, 0);
  }

  private static IntVector pair(FloatVector even, FloatVector odd) {
    return round(even).lanewise(VectorOperators.LSHR, 16).or(round(odd).and(0xffff0000));
  }

  private static FloatVector load(float[] a, int offset) {
    return FloatVector.fromArray(F, a, offset);
  }

  private static FloatVector load(MemorySegment a, long offset) {
    return FloatVector.fromMemorySegment(F, a, offset, ORDER);
  }
}
