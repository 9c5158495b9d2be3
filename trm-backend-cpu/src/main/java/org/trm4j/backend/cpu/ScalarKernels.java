package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;

/**
 * Plain loops in the forms that C2 vectorises by itself. Packed weights are the transpose: [in,
 * out].
 */
final class ScalarKernels implements Kernels {
  /**
   * Columns of y that are accumulated together, few enough to stay in the first-level cache with
   * their weights.
   */
  private static final int BLOCK = 256;

  @Override
  public int packedSize(int in, int out) {
    return Math.multiplyExact(in, out);
  }

  @Override
  public void pack(float[] w, int out, int in, float[] target) {
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < in; i++) {
        target[i * out + o] = w[o * in + i];
      }
    }
  }

  @Override
  public void packTransposed(float[] w, int out, int in, float[] target) {
    System.arraycopy(w, 0, target, 0, out * in);
  }

  @Override
  public void multiply(float[] x, int xo, int ldx, Packed w, float[] y, int yo, int ldy, int rows) {
    int out = w.out();
    for (int column = 0; column < out; column += BLOCK) {
      int count = Math.min(BLOCK, out - column);
      int row = 0;
      for (; row + 4 <= rows; row += 4) {
        fourRows(x, xo + row * ldx, ldx, w, column, count, y, yo + row * ldy + column, ldy);
      }
      for (; row < rows; row++) {
        oneRow(x, xo + row * ldx, w, column, count, y, yo + row * ldy + column);
      }
    }
  }

  private static void fourRows(
      float[] x, int xo, int ldx, Packed w, int column, int count, float[] y, int yo, int ldy) {
    for (int r = 0; r < 4; r++) {
      java.util.Arrays.fill(y, yo + r * ldy, yo + r * ldy + count, 0);
    }
    float[] data = w.data();
    int y1 = yo + ldy;
    int y2 = y1 + ldy;
    int y3 = y2 + ldy;
    for (int i = 0; i < w.in(); i++) {
      float a = x[xo + i];
      float b = x[xo + ldx + i];
      float c = x[xo + 2 * ldx + i];
      float d = x[xo + 3 * ldx + i];
      int base = i * w.out() + column;
      for (int j = 0; j < count; j++) {
        float value = data[base + j];
        y[yo + j] += a * value;
        y[y1 + j] += b * value;
        y[y2 + j] += c * value;
        y[y3 + j] += d * value;
      }
    }
  }

  private static void oneRow(
      float[] x, int xo, Packed w, int column, int count, float[] y, int yo) {
    java.util.Arrays.fill(y, yo, yo + count, 0);
    float[] data = w.data();
    for (int i = 0; i < w.in(); i++) {
      float a = x[xo + i];
      int base = i * w.out() + column;
      for (int j = 0; j < count; j++) {
        y[yo + j] += a * data[base + j];
      }
    }
  }

  @Override
  public void outerAdd(
      float[] dy,
      int dyo,
      int lddy,
      float[] x,
      int xo,
      int ldx,
      int rows,
      float[] dw,
      int in,
      int outFrom,
      int outTo) {
    for (int o = outFrom; o < outTo; o++) {
      int base = o * in;
      for (int r = 0; r < rows; r++) {
        float a = dy[dyo + r * lddy + o];
        int row = xo + r * ldx;
        for (int i = 0; i < in; i++) {
          dw[base + i] += a * x[row + i];
        }
      }
    }
  }

  @Override
  public void siluMul(float[] gateUp, int go, float[] a, int ao, int inner, int rows) {
    for (int r = 0; r < rows; r++) {
      int gate = go + r * 2 * inner;
      for (int i = 0; i < inner; i++) {
        float g = gateUp[gate + i];
        a[ao + r * inner + i] = g * sigmoid(g) * gateUp[gate + inner + i];
      }
    }
  }

  @Override
  public void siluMulBackward(
      float[] gateUp, int go, float[] aGradient, int do_, float[] a, int ao, int inner, int rows) {
    for (int r = 0; r < rows; r++) {
      int gate = go + r * 2 * inner;
      for (int i = 0; i < inner; i++) {
        float g = gateUp[gate + i];
        float up = gateUp[gate + inner + i];
        float s = sigmoid(g);
        float silu = g * s;
        float d = aGradient[do_ + r * inner + i];
        a[ao + r * inner + i] = silu * up;
        gateUp[gate + i] = d * up * s * (1 + g * (1 - s));
        gateUp[gate + inner + i] = d * silu;
      }
    }
  }

  private static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  @Override
  public void addRmsNorm(
      float[] h,
      int ho,
      float[] f,
      int fo,
      float[] out,
      int oo,
      float @Nullable [] scale,
      int so,
      int width,
      int rows,
      float epsilon) {
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      double squares = 0;
      for (int i = 0; i < width; i++) {
        float u = h[ho + at + i] + f[fo + at + i];
        out[oo + at + i] = u;
        squares += (double) u * u;
      }
      float s = (float) (1 / Math.sqrt(squares / width + epsilon));
      for (int i = 0; i < width; i++) {
        out[oo + at + i] *= s;
      }
      if (scale != null) {
        scale[so + r] = s;
      }
    }
  }

  @Override
  public void rmsNormBackward(
      float[] out,
      int oo,
      float[] scale,
      int so,
      float[] dOut,
      int dO,
      float[] du,
      int duo,
      int width,
      int rows) {
    for (int r = 0; r < rows; r++) {
      int at = r * width;
      double dot = 0;
      for (int i = 0; i < width; i++) {
        dot += (double) out[oo + at + i] * dOut[dO + at + i];
      }
      float mean = (float) (dot / width);
      float s = scale[so + r];
      for (int i = 0; i < width; i++) {
        du[duo + at + i] = s * (dOut[dO + at + i] - out[oo + at + i] * mean);
      }
    }
  }

  @Override
  public void add(float[] x, int xo, float[] y, int yo, int count) {
    for (int i = 0; i < count; i++) {
      y[yo + i] += x[xo + i];
    }
  }

  @Override
  public void attend(AttentionHead head, int from, int to) {
    ScalarAttention.forward(head, from, to);
  }

  @Override
  public void attendBackward(AttentionHead head) {
    ScalarAttention.backward(head);
  }

  @Override
  public void update(AdamState state, int from, int to) {
    float[] p = state.value();
    float[] g = state.gradient();
    float[] m = state.first();
    float[] v = state.second();
    float[] average = state.average();
    float b1 = (float) state.rule().beta1();
    float b2 = (float) state.rule().beta2();
    float c1 = (float) (1 - state.rule().beta1());
    float c2 = (float) (1 - state.rule().beta2());
    float decay = (float) state.decay();
    float correction = (float) state.inverseRootCorrection();
    double step = state.stepSize();
    float keep = (float) state.rule().averageDecay();
    float blend = (float) (1 - state.rule().averageDecay());
    for (int i = from; i < to; i++) {
      float gi = g[i];
      float mi = b1 * m[i] + c1 * gi;
      float vi = b2 * v[i] + c2 * gi * gi;
      m[i] = mi;
      v[i] = vi;
      float value = p[i] * decay;
      value -= (float) (step * Math.atan2(mi, Math.sqrt(vi) * correction));
      p[i] = value;
      average[i] = keep * average[i] + blend * value;
    }
  }
}
