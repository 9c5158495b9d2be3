package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradients of the keys and values of attention without its scores in memory: {@code dv_j = sum
 * over i of w_ij dAttended_i} and {@code dk_j = sum over i of w_ij (dAttended_i v_j - dot_i) scale
 * q_i}, where the weights w are recomputed from the log-sum-exp. A group has four keys and
 * processes queries in tiles. Launch: as {@link TiledAttendKernel}.
 */
public final class TiledKeyValueGradientKernel {
  private static final int TILE = TiledAttendKernel.TILE;
  private static final int ROWS = TiledAttendKernel.ROWS;
  private static final int PITCH = 65;

  private static final int QKV = 0;
  private static final int GRADIENT = 2;
  private static final int DOTS = 4;
  private static final int LOG_SUM_EXP = 6;
  private static final int QKV_GRADIENT = 8;
  private static final int HEADS = 10;
  private static final int LENGTH = 12;
  private static final int SIZE = 14;

  private TiledKeyValueGradientKernel() {}

  /**
   * Operands from {@code at}: [q; k; v] rows, the gradient of attended, dots, log-sum-exp of each
   * row, [dq; dk; dv] rows; heads, length, size.
   */
  public static void run(
      KernelContext context,
      IntArray operands,
      IntArray active,
      FloatArray arena,
      int at,
      float scale) {
    float[] tile = context.allocateFloatLocalArray(TILE * PITCH);
    float[] weights = context.allocateFloatLocalArray(TILE * ROWS);
    float[] scores = context.allocateFloatLocalArray(TILE * ROWS);
    int lane = context.localIdx;
    int channel = context.globalIdx;
    int p = context.globalIdz;
    int heads = operands.get(at + HEADS);
    int length = operands.get(at + LENGTH);
    int size = operands.get(at + SIZE);
    int blocks = (length + ROWS - 1) / ROWS;
    int head = context.globalIdy / blocks;
    int j = (context.globalIdy - head * blocks) * ROWS;
    // Rows past the end repeat the last one and write the same values, which avoids a branch.
    int last = length - 1 - j;
    int r1 = last < 1 ? last : 1;
    int r2 = last < 2 ? last : 2;
    int r3 = last < 3 ? last : 3;
    int width = heads * size;
    int row = 3 * width;
    int q = Address.of(operands, at + QKV, p) + head * size;
    int k = q + width;
    int v = k + width;
    int gradient = Address.of(operands, at + GRADIENT, p) + head * size;
    int dots = Address.of(operands, at + DOTS, p) + head * length;
    int kept = Address.of(operands, at + LOG_SUM_EXP, p) + head * length;
    int k0 = k + j * row;
    int k1 = k + (j + r1) * row;
    int k2 = k + (j + r2) * row;
    int k3 = k + (j + r3) * row;
    int v0 = v + j * row;
    int v1 = v + (j + r1) * row;
    int v2 = v + (j + r2) * row;
    int v3 = v + (j + r3) * row;
    int own = channel < size ? channel : 0;
    float a0 = 0f;
    float a1 = 0f;
    float a2 = 0f;
    float a3 = 0f;
    float b0 = 0f;
    float b1 = 0f;
    float b2 = 0f;
    float b3 = 0f;
    // An idle group takes no tile; all of its items meet the same barriers.
    int end = Address.works(operands, active, p) ? length : 0;
    for (int first = 0; first < end; first += TILE) {
      int count = length - first < TILE ? length - first : TILE;
      float s0 = 0f;
      float s1 = 0f;
      float s2 = 0f;
      float s3 = 0f;
      float d0 = 0f;
      float d1 = 0f;
      float d2 = 0f;
      float d3 = 0f;
      for (int part = 0; part < size; part += TILE) {
        int channels = size - part < TILE ? size - part : TILE;
        context.localBarrier();
        if (lane < channels) {
          for (int u = 0; u < count; u++) {
            tile[u * PITCH + lane] = arena.get(q + (first + u) * row + part + lane);
          }
        }
        context.localBarrier();
        if (lane < count) {
          for (int c = 0; c < channels; c++) {
            float b = tile[lane * PITCH + c];
            s0 += arena.get(k0 + part + c) * b;
            s1 += arena.get(k1 + part + c) * b;
            s2 += arena.get(k2 + part + c) * b;
            s3 += arena.get(k3 + part + c) * b;
          }
        }
        context.localBarrier();
        if (lane < channels) {
          for (int u = 0; u < count; u++) {
            tile[u * PITCH + lane] = arena.get(gradient + (first + u) * width + part + lane);
          }
        }
        context.localBarrier();
        if (lane < count) {
          for (int c = 0; c < channels; c++) {
            float b = tile[lane * PITCH + c];
            d0 += arena.get(v0 + part + c) * b;
            d1 += arena.get(v1 + part + c) * b;
            d2 += arena.get(v2 + part + c) * b;
            d3 += arena.get(v3 + part + c) * b;
          }
        }
      }
      if (lane < count) {
        float sum = arena.get(kept + first + lane);
        float dot = arena.get(dots + first + lane);
        float w0 = TornadoMath.exp(s0 * scale - sum);
        weights[lane] = w0;
        scores[lane] = w0 * (d0 - dot) * scale;
        float w1 = TornadoMath.exp(s1 * scale - sum);
        weights[TILE + lane] = w1;
        scores[TILE + lane] = w1 * (d1 - dot) * scale;
        float w2 = TornadoMath.exp(s2 * scale - sum);
        weights[2 * TILE + lane] = w2;
        scores[2 * TILE + lane] = w2 * (d2 - dot) * scale;
        float w3 = TornadoMath.exp(s3 * scale - sum);
        weights[3 * TILE + lane] = w3;
        scores[3 * TILE + lane] = w3 * (d3 - dot) * scale;
      }
      context.localBarrier();
      if (channel < size) {
        for (int u = 0; u < count; u++) {
          float query = arena.get(q + (first + u) * row + own);
          float out = arena.get(gradient + (first + u) * width + own);
          a0 += scores[u] * query;
          b0 += weights[u] * out;
          a1 += scores[TILE + u] * query;
          b1 += weights[TILE + u] * out;
          a2 += scores[2 * TILE + u] * query;
          b2 += weights[2 * TILE + u] * out;
          a3 += scores[3 * TILE + u] * query;
          b3 += weights[3 * TILE + u] * out;
        }
      }
    }
    if (channel < size && end > 0) {
      int to = Address.of(operands, at + QKV_GRADIENT, p) + width + head * size + j * row + channel;
      arena.set(to, a0);
      arena.set(to + r1 * row, a1);
      arena.set(to + r2 * row, a2);
      arena.set(to + r3 * row, a3);
      arena.set(to + width, b0);
      arena.set(to + width + r1 * row, b1);
      arena.set(to + width + r2 * row, b2);
      arena.set(to + width + r3 * row, b3);
    }
  }
}
