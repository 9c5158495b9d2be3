package org.trm4j.backend.cpu.kernel.vector;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.ScalarMath;
import org.trm4j.backend.cpu.kernel.Strided;
import org.trm4j.plan.GaussianNoise;

/** Kernels on the Vector API. */
public final class VectorKernels implements Kernels {
  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int V = Lanes.COUNT;
  private static final Tile TILE = Tile.CHOSEN;
  private static final int PANEL = TILE.vectors() * V;
  // Vectors are stored to arrays directly: through memory segments it takes many times as long.
  private static final boolean ON_HEAP = TILE == Tile.WIDE;

  @Override
  public int panel() {
    return PANEL;
  }

  @Override
  public int tileRows() {
    return TILE.rows();
  }

  @Override
  public int depth() {
    return PANEL <= 16 ? 256 : 512;
  }

  @Override
  public String description() {
    return "%s-bit vectors, kernel %s".formatted(F.vectorBitSize(), TILE.id());
  }

  @Override
  public MemorySegment allocate(int floats) {
    return Right.allocate(TILE, floats);
  }

  @Override
  public int leftFloats(int rows, int k) {
    return TILE == Tile.TALL ? TallTile.floats(rows, k) : Math.multiplyExact(rows, k);
  }

  @Override
  public Left left(
      float[] a,
      int a0,
      int rowStride,
      int columnStride,
      int rows,
      int k,
      float[] scratch,
      int s0) {
    return TILE == Tile.TALL
        ? TallTile.pack(a, a0, rowStride, columnStride, rows, k, scratch, s0)
        : Strided.left(a, a0, rowStride, columnStride, rows, k, scratch, s0);
  }

  @Override
  public void multiply(
      Left a, int from, int k, MemorySegment b, int b0, float[] c, int c0, int ldc, boolean add) {
    if (a.packed()) {
      TallTile.multiply(a, from, k, b, b0, c, c0, ldc, add);
    } else if (TILE == Tile.WIDE) {
      FourVectorTile.multiply(a, from, k, b, b0, c, c0, ldc, add);
    } else {
      TwoVectorTile.multiply(a, from, k, b, b0, c, c0, ldc, add);
    }
  }

  @Override
  public float dot(float[] a, int a0, float[] b, int b0, int n) {
    FloatVector s0 = FloatVector.zero(F);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * V; i += 4 * V) {
      s0 = load(a, a0 + i).fma(load(b, b0 + i), s0);
      s1 = load(a, a0 + i + V).fma(load(b, b0 + i + V), s1);
      s2 = load(a, a0 + i + 2 * V).fma(load(b, b0 + i + 2 * V), s2);
      s3 = load(a, a0 + i + 3 * V).fma(load(b, b0 + i + 3 * V), s3);
    }
    for (; i <= n - V; i += V) {
      s0 = load(a, a0 + i).fma(load(b, b0 + i), s0);
    }
    float sum = LaneSum.of(s0.add(s1).add(s2.add(s3)));
    for (; i < n; i++) {
      sum += a[a0 + i] * b[b0 + i];
    }
    return sum;
  }

  @Override
  public void multiplyAdd(float[] a, int a0, float[] b, int b0, int n, float[] c, int c0) {
    int i = 0;
    for (; i <= n - V; i += V) {
      load(a, a0 + i).fma(load(b, b0 + i), load(c, c0 + i)).intoArray(c, c0 + i);
    }
    for (; i < n; i++) {
      c[c0 + i] += a[a0 + i] * b[b0 + i];
    }
  }

  @Override
  public void swiGlu(
      float[] gate, int g0, float[] up, int u0, int rows, float[] out, int o0, int ldo) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < PANEL; i += V) {
        FloatVector g = load(gate, g0 + row * PANEL + i);
        FloatVector u = load(up, u0 + row * PANEL + i);
        g.div(onePlusExp(g)).mul(u).intoArray(out, o0 + row * ldo + i);
      }
    }
  }

  @Override
  public void swiGluPanel(
      float[] gate, int g0, float[] up, int u0, int rows, MemorySegment out, int o0) {
    if (ON_HEAP) {
      swiGlu(gate, g0, up, u0, rows, Right.array(out), o0, PANEL);
      return;
    }
    for (int i = 0; i < rows * PANEL; i += V) {
      FloatVector g = load(gate, g0 + i);
      FloatVector u = load(up, u0 + i);
      save(g.div(onePlusExp(g)).mul(u), out, o0 + i);
    }
  }

  private static FloatVector onePlusExp(FloatVector g) {
    return VectorExp.exp(VectorExp.limit(g.neg())).add(1f);
  }

  @Override
  public void swiGluBackward(float[] gate, int g0, float[] up, int u0, float[] act, int a0, int n) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector g = load(gate, g0 + i);
      FloatVector u = load(up, u0 + i);
      FloatVector d = load(act, a0 + i);
      FloatVector sigmoid = FloatVector.broadcast(F, 1f).div(onePlusExp(g));
      FloatVector silu = g.mul(sigmoid);
      // silu'(g) = sigmoid * (1 + g * (1 - sigmoid))
      FloatVector slope = sigmoid.add(silu.sub(silu.mul(sigmoid)));
      silu.mul(u).intoArray(act, a0 + i);
      d.mul(u).mul(slope).intoArray(gate, g0 + i);
      d.mul(silu).intoArray(up, u0 + i);
    }
    ScalarMath.swiGluBackward(gate, g0 + i, up, u0 + i, act, a0 + i, n - i);
  }

  @Override
  public float max(float[] s, int s0, int n) {
    float max = Float.NEGATIVE_INFINITY;
    int i = 0;
    if (n >= V) {
      FloatVector m = load(s, s0);
      for (i = V; i <= n - V; i += V) {
        FloatVector x = load(s, s0 + i);
        // A blend is cheaper than max, which orders zeros and NaN.
        m = m.blend(x, x.compare(VectorOperators.GT, m));
      }
      max = m.reduceLanes(VectorOperators.MAX);
    }
    for (; i < n; i++) {
      max = Math.max(max, s[s0 + i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] s, int s0, int n, float scale, float shift) {
    FloatVector sum = FloatVector.zero(F);
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector e = exp(load(s, s0 + i).mul(scale).sub(shift));
      e.intoArray(s, s0 + i);
      sum = sum.add(e);
    }
    float total = LaneSum.of(sum);
    for (; i < n; i++) {
      float e = ScalarMath.exp(s[s0 + i] * scale - shift);
      s[s0 + i] = e;
      total += e;
    }
    return total;
  }

  /** NaN stays NaN. The limit on the argument would hide it otherwise. */
  private static FloatVector exp(FloatVector x) {
    FloatVector e = VectorExp.exp(VectorExp.limit(x));
    return e.blend(x, x.test(VectorOperators.IS_NAN));
  }

  @Override
  public void softmaxPanel(
      float[] scores,
      int c0,
      int rows,
      float scale,
      float[] state,
      int s0,
      MemorySegment out,
      int o0) {
    float[] array = ON_HEAP ? Right.array(out) : scores;
    for (int j = 0; j < PANEL; j += V) {
      FloatVector before = load(state, s0 + j);
      FloatVector max = before;
      for (int row = 0; row < rows; row++) {
        FloatVector x = load(scores, c0 + row * PANEL + j).mul(scale);
        max = max.blend(x, x.compare(VectorOperators.GT, max));
      }
      FloatVector sum = FloatVector.zero(F);
      for (int row = 0; row < rows; row++) {
        FloatVector e = exp(load(scores, c0 + row * PANEL + j).mul(scale).sub(max));
        if (ON_HEAP) {
          e.intoArray(array, o0 + row * PANEL + j);
        } else {
          save(e, out, o0 + row * PANEL + j);
        }
        sum = sum.add(e);
      }
      FloatVector correction = exp(before.sub(max));
      max.intoArray(state, s0 + j);
      load(state, s0 + PANEL + j).fma(correction, sum).intoArray(state, s0 + PANEL + j);
      correction.intoArray(state, s0 + 2 * PANEL + j);
    }
  }

  @Override
  public void scaleColumns(float[] x, int x0, int rows, float[] factors, int f0) {
    for (int j = 0; j < PANEL; j += V) {
      FloatVector factor = load(factors, f0 + j);
      for (int row = 0; row < rows; row++) {
        int at = x0 + row * PANEL + j;
        load(x, at).mul(factor).intoArray(x, at);
      }
    }
  }

  @Override
  public void softmaxBackward(
      float[] s,
      int s0,
      float[] dp,
      int d0,
      int n,
      float scale,
      float[] logSumExp,
      int l0,
      float[] delta,
      int e0) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector p = exp(load(s, s0 + i).mul(scale).sub(load(logSumExp, l0 + i)));
      p.intoArray(s, s0 + i);
      load(dp, d0 + i).sub(load(delta, e0 + i)).mul(p).mul(scale).intoArray(dp, d0 + i);
    }
    ScalarMath.softmaxBackward(
        s, s0 + i, dp, d0 + i, n - i, scale, logSumExp, l0 + i, delta, e0 + i);
  }

  @Override
  public void scale(float[] x, int x0, int n, float factor, float[] out, int o0) {
    int i = 0;
    for (; i <= n - V; i += V) {
      load(x, x0 + i).mul(factor).intoArray(out, o0 + i);
    }
    for (; i < n; i++) {
      out[o0 + i] = x[x0 + i] * factor;
    }
  }

  @Override
  public void addNormals(float[] x, int x0, int element, int count, float sigma, long stream) {
    int i = 0;
    for (; i <= count - V; i += V) {
      FloatVector noise = VectorNoise.normals(stream, element + i).mul(sigma);
      load(x, x0 + i).add(noise).intoArray(x, x0 + i);
    }
    for (; i < count; i++) {
      x[x0 + i] += sigma * GaussianNoise.value(stream, element + i);
    }
  }

  @Override
  public void copyPanel(float[] x, int x0, int ldx, int rows, float[] out, int o0, int ldo) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < PANEL; i += V) {
        load(x, x0 + row * ldx + i).intoArray(out, o0 + row * ldo + i);
      }
    }
  }

  @Override
  public void loadPanel(float[] x, int x0, int ldx, int rows, MemorySegment out, int o0) {
    if (ON_HEAP) {
      copyPanel(x, x0, ldx, rows, Right.array(out), o0, PANEL);
      return;
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < PANEL; i += V) {
        save(load(x, x0 + row * ldx + i), out, o0 + row * PANEL + i);
      }
    }
  }

  @Override
  public void normColumns(float[] u, int u0, int rows, float epsilon, float[] r, int r0) {
    for (int i = 0; i < PANEL; i += V) {
      FloatVector sum = FloatVector.zero(F);
      for (int row = 0; row < rows; row++) {
        FloatVector x = load(u, u0 + row * PANEL + i);
        sum = x.fma(x, sum);
      }
      FloatVector mean = sum.div((float) rows).add(epsilon);
      FloatVector factor = FloatVector.broadcast(F, 1f).div(mean.lanewise(VectorOperators.SQRT));
      factor.intoArray(r, r0 + i);
      for (int row = 0; row < rows; row++) {
        int at = u0 + row * PANEL + i;
        load(u, at).mul(factor).intoArray(u, at);
      }
    }
  }

  @Override
  public void normColumnsBackward(
      float[] out, int o0, float[] du, int d0, int rows, float[] r, int r0) {
    for (int i = 0; i < PANEL; i += V) {
      FloatVector mean = FloatVector.zero(F);
      for (int row = 0; row < rows; row++) {
        mean = load(out, o0 + row * PANEL + i).fma(load(du, d0 + row * PANEL + i), mean);
      }
      mean = mean.div((float) rows);
      FloatVector factor = load(r, r0 + i);
      for (int row = 0; row < rows; row++) {
        int at = row * PANEL + i;
        FloatVector x = load(du, d0 + at).sub(load(out, o0 + at).mul(mean));
        x.mul(factor).intoArray(du, d0 + at);
      }
    }
  }

  @Override
  public void moments(float[] g, float[] m, float[] v, int from, int to, double b1, double b2) {
    float keep1 = (float) b1;
    float keep2 = (float) b2;
    float take1 = (float) (1 - b1);
    float take2 = (float) (1 - b2);
    int i = from;
    for (; i <= to - V; i += V) {
      FloatVector x = load(g, i);
      FloatVector first = load(m, i).mul(keep1).add(x.mul(take1));
      FloatVector second = load(v, i).mul(keep2).add(x.mul(take2).mul(x));
      VectorMask<Float> none = second.compare(VectorOperators.LT, Float.MIN_NORMAL);
      second.blend(0f, none).intoArray(v, i);
      VectorMask<Float> small = first.abs().compare(VectorOperators.LT, Float.MIN_NORMAL);
      first.blend(0f, none.or(small)).intoArray(m, i);
    }
    ScalarMath.moments(g, m, v, i, to, b1, b2);
  }

  @Override
  public void angles(float[] m, float[] v, int from, int n, float correction, float[] out) {
    int i = 0;
    for (; i <= n - V; i += V) {
      FloatVector root = load(v, from + i).lanewise(VectorOperators.SQRT).mul(correction);
      VectorArcTangent.ofQuotient(load(m, from + i), root).intoArray(out, i);
    }
    for (; i < n; i++) {
      out[i] = ScalarMath.angle(m[from + i], v[from + i], correction);
    }
  }

  private static void save(FloatVector x, MemorySegment out, int offset) {
    x.intoMemorySegment(out, (long) Float.BYTES * offset, ByteOrder.nativeOrder());
  }

  private static FloatVector load(float[] a, int offset) {
    return FloatVector.fromArray(F, a, offset);
  }
}
