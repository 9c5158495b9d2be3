package org.trm4j.backend.cpu.kernel.scalar;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.ScalarMath;
import org.trm4j.backend.cpu.kernel.Strided;
import org.trm4j.plan.GaussianNoise;

/**
 * Kernels as plain loops over rows of a panel, in the forms that the JIT compiler vectorises by
 * itself.
 */
public final class ScalarKernels implements Kernels {
  private static final int PANEL = 64;

  @Override
  public int panel() {
    return PANEL;
  }

  @Override
  public int tileRows() {
    return 1;
  }

  @Override
  public int depth() {
    return 128;
  }

  @Override
  public String description() {
    return "plain loops";
  }

  /** Arrays, because the JIT compiler vectorises plain loops over them. */
  @Override
  public MemorySegment allocate(int floats) {
    return MemorySegment.ofArray(new float[floats]);
  }

  private static float[] array(MemorySegment panels) {
    return (float[]) panels.heapBase().orElseThrow();
  }

  @Override
  public int leftFloats(int rows, int k) {
    return Math.multiplyExact(rows, k);
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
    return Strided.left(a, a0, rowStride, columnStride, rows, k, scratch, s0);
  }

  @Override
  public void multiply(
      Left left,
      int from,
      int k,
      MemorySegment right,
      int b0,
      float[] c,
      int c0,
      int ldc,
      boolean add) {
    float[] a = left.data();
    float[] b = array(right);
    for (int row = 0; row < left.rows(); row++) {
      int to = c0 + row * ldc;
      if (!add) {
        Arrays.fill(c, to, to + PANEL, 0f);
      }
      int at = left.offset() + from + row * left.stride();
      int p = 0;
      for (; p <= k - 8; p += 8) {
        eight(a, at + p, b, b0 + p * PANEL, c, to);
      }
      for (; p < k; p++) {
        one(a[at + p], b, b0 + p * PANEL, c, to);
      }
    }
  }

  private static void eight(float[] a, int from, float[] b, int b0, float[] c, int to) {
    float x0 = a[from];
    float x1 = a[from + 1];
    float x2 = a[from + 2];
    float x3 = a[from + 3];
    float x4 = a[from + 4];
    float x5 = a[from + 5];
    float x6 = a[from + 6];
    float x7 = a[from + 7];
    for (int j = 0; j < PANEL; j++) {
      float low =
          x0 * b[b0 + j]
              + x1 * b[b0 + PANEL + j]
              + x2 * b[b0 + 2 * PANEL + j]
              + x3 * b[b0 + 3 * PANEL + j];
      float high =
          x4 * b[b0 + 4 * PANEL + j]
              + x5 * b[b0 + 5 * PANEL + j]
              + x6 * b[b0 + 6 * PANEL + j]
              + x7 * b[b0 + 7 * PANEL + j];
      c[to + j] += low + high;
    }
  }

  private static void one(float x, float[] b, int b0, float[] c, int to) {
    for (int j = 0; j < PANEL; j++) {
      c[to + j] += x * b[b0 + j];
    }
  }

  @Override
  public float dot(float[] a, int a0, float[] b, int b0, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i <= n - 4; i += 4) {
      s0 += a[a0 + i] * b[b0 + i];
      s1 += a[a0 + i + 1] * b[b0 + i + 1];
      s2 += a[a0 + i + 2] * b[b0 + i + 2];
      s3 += a[a0 + i + 3] * b[b0 + i + 3];
    }
    for (; i < n; i++) {
      s0 += a[a0 + i] * b[b0 + i];
    }
    return s0 + s1 + (s2 + s3);
  }

  @Override
  public void multiplyAdd(float[] a, int a0, float[] b, int b0, int n, float[] c, int c0) {
    for (int i = 0; i < n; i++) {
      c[c0 + i] += a[a0 + i] * b[b0 + i];
    }
  }

  @Override
  public void swiGlu(
      float[] gate, int g0, float[] up, int u0, int rows, float[] out, int o0, int ldo) {
    for (int row = 0; row < rows; row++) {
      for (int j = 0; j < PANEL; j++) {
        int i = row * PANEL + j;
        out[o0 + row * ldo + j] = ScalarMath.silu(gate[g0 + i]) * up[u0 + i];
      }
    }
  }

  @Override
  public void swiGluPanel(
      float[] gate, int g0, float[] up, int u0, int rows, MemorySegment out, int o0) {
    swiGlu(gate, g0, up, u0, rows, array(out), o0, PANEL);
  }

  @Override
  public void swiGluBackward(float[] gate, int g0, float[] up, int u0, float[] act, int a0, int n) {
    ScalarMath.swiGluBackward(gate, g0, up, u0, act, a0, n);
  }

  @Override
  public float max(float[] s, int s0, int n) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      max = Math.max(max, s[s0 + i]);
    }
    return max;
  }

  @Override
  public float expSum(float[] s, int s0, int n, float scale, float shift) {
    float total = 0;
    for (int i = 0; i < n; i++) {
      float e = ScalarMath.exp(s[s0 + i] * scale - shift);
      s[s0 + i] = e;
      total += e;
    }
    return total;
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
    float[] p = array(out);
    for (int j = 0; j < PANEL; j++) {
      float before = state[s0 + j];
      float max = before;
      for (int i = j; i < rows * PANEL; i += PANEL) {
        max = Math.max(max, scores[c0 + i] * scale);
      }
      float sum = 0;
      for (int i = j; i < rows * PANEL; i += PANEL) {
        float e = ScalarMath.exp(scores[c0 + i] * scale - max);
        p[o0 + i] = e;
        sum += e;
      }
      float correction = ScalarMath.exp(before - max);
      state[s0 + j] = max;
      state[s0 + PANEL + j] = state[s0 + PANEL + j] * correction + sum;
      state[s0 + 2 * PANEL + j] = correction;
    }
  }

  @Override
  public void scaleColumns(float[] x, int x0, int rows, float[] factors, int f0) {
    for (int i = 0; i < rows * PANEL; i += PANEL) {
      for (int j = 0; j < PANEL; j++) {
        x[x0 + i + j] *= factors[f0 + j];
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
    ScalarMath.softmaxBackward(s, s0, dp, d0, n, scale, logSumExp, l0, delta, e0);
  }

  @Override
  public void scale(float[] x, int x0, int n, float factor, float[] out, int o0) {
    for (int i = 0; i < n; i++) {
      out[o0 + i] = x[x0 + i] * factor;
    }
  }

  @Override
  public void addNormals(float[] x, int x0, int element, int count, float sigma, long stream) {
    for (int i = 0; i < count; i++) {
      x[x0 + i] += sigma * GaussianNoise.value(stream, element + i);
    }
  }

  @Override
  public void copyPanel(float[] x, int x0, int ldx, int rows, float[] out, int o0, int ldo) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, x0 + i * ldx, out, o0 + i * ldo, PANEL);
    }
  }

  @Override
  public void loadPanel(float[] x, int x0, int ldx, int rows, MemorySegment out, int o0) {
    copyPanel(x, x0, ldx, rows, array(out), o0, PANEL);
  }

  @Override
  public void normColumns(float[] u, int u0, int rows, float epsilon, float[] r, int r0) {
    for (int j = 0; j < PANEL; j++) {
      r[r0 + j] = 0;
    }
    for (int i = 0; i < rows * PANEL; i += PANEL) {
      for (int j = 0; j < PANEL; j++) {
        r[r0 + j] += u[u0 + i + j] * u[u0 + i + j];
      }
    }
    for (int j = 0; j < PANEL; j++) {
      r[r0 + j] = (float) (1 / Math.sqrt(r[r0 + j] / (double) rows + epsilon));
    }
    for (int i = 0; i < rows * PANEL; i += PANEL) {
      for (int j = 0; j < PANEL; j++) {
        u[u0 + i + j] *= r[r0 + j];
      }
    }
  }

  @Override
  public void normColumnsBackward(
      float[] out, int o0, float[] du, int d0, int rows, float[] r, int r0) {
    for (int j = 0; j < PANEL; j++) {
      float mean = 0;
      for (int i = j; i < rows * PANEL; i += PANEL) {
        mean += out[o0 + i] * du[d0 + i];
      }
      mean /= rows;
      for (int i = j; i < rows * PANEL; i += PANEL) {
        du[d0 + i] = r[r0 + j] * (du[d0 + i] - out[o0 + i] * mean);
      }
    }
  }

  @Override
  public void moments(float[] g, float[] m, float[] v, int from, int to, double b1, double b2) {
    ScalarMath.moments(g, m, v, from, to, b1, b2);
  }

  @Override
  public void angles(float[] m, float[] v, int from, int n, float correction, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = ScalarMath.angle(m[from + i], v[from + i], correction);
    }
  }
}
