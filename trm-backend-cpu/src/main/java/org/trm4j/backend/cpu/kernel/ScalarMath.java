package org.trm4j.backend.cpu.kernel;

/** The element-wise kernels as plain loops. */
public final class ScalarMath {
  private ScalarMath() {}

  /** {@link Kernels#moments}. */
  public static void moments(
      float[] g, float[] m, float[] v, int from, int to, double b1, double b2) {
    float keep1 = (float) b1;
    float keep2 = (float) b2;
    float take1 = (float) (1 - b1);
    float take2 = (float) (1 - b2);
    for (int i = from; i < to; i++) {
      float first = keep1 * m[i] + take1 * g[i];
      float second = keep2 * v[i] + take2 * g[i] * g[i];
      // A NaN is not below anything, so it stays.
      boolean none = second < Float.MIN_NORMAL;
      v[i] = none ? 0 : second;
      m[i] = none || Math.abs(first) < Float.MIN_NORMAL ? 0 : first;
    }
  }

  /** Returns exp(x) in single precision. */
  public static float exp(float x) {
    return (float) Math.exp(x);
  }

  public static float silu(float x) {
    return (float) (x / (1 + Math.exp(-x)));
  }

  public static void swiGluBackward(
      float[] gate, int g0, float[] up, int u0, float[] act, int a0, int n) {
    for (int i = 0; i < n; i++) {
      float g = gate[g0 + i];
      float u = up[u0 + i];
      float d = act[a0 + i];
      float sigmoid = (float) (1 / (1 + Math.exp(-g)));
      float silu = g * sigmoid;
      act[a0 + i] = silu * u;
      gate[g0 + i] = d * u * (sigmoid + silu * (1 - sigmoid));
      up[u0 + i] = d * silu;
    }
  }

  public static void softmaxBackward(
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
    for (int i = 0; i < n; i++) {
      float p = exp(s[s0 + i] * scale - logSumExp[l0 + i]);
      s[s0 + i] = p;
      dp[d0 + i] = (dp[d0 + i] - delta[e0 + i]) * p * scale;
    }
  }

  public static float angle(float m, float v, float correction) {
    return (float) ArcTangent.ofQuotient(m, Math.sqrt(v) * correction);
  }
}
