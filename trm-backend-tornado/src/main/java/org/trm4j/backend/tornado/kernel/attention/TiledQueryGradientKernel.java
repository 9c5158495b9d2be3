package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Gradient of the queries of attention without its scores in memory: {@code dq_i = sum over j of
 * w_ij (dAttended_i v_j - dot_i) scale k_j}, where the weights w are recomputed from the
 * log-sum-exp. Groups and launch are those of {@link TiledAttendKernel}: four queries, tiles of
 * keys.
 */
public final class TiledQueryGradientKernel {
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

  private TiledQueryGradientKernel() {}

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
    float[] scores = context.allocateFloatLocalArray(TILE * ROWS);
    int lane = context.localIdx;
    int channel = context.globalIdx;
    int p = context.globalIdz;
    int heads = operands.get(at + HEADS);
    int length = operands.get(at + LENGTH);
    int size = operands.get(at + SIZE);
    int blocks = (length + ROWS - 1) / ROWS;
    int head = context.globalIdy / blocks;
    int i = (context.globalIdy - head * blocks) * ROWS;
    // Rows past the end repeat the last one and write the same values, which avoids a branch.
    int last = length - 1 - i;
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
    int q0 = q + i * row;
    int q1 = q + (i + r1) * row;
    int q2 = q + (i + r2) * row;
    int q3 = q + (i + r3) * row;
    int g0 = gradient + i * width;
    int g1 = gradient + (i + r1) * width;
    int g2 = gradient + (i + r2) * width;
    int g3 = gradient + (i + r3) * width;
    int own = channel < size ? k + channel : k;
    float a0 = 0f;
    float a1 = 0f;
    float a2 = 0f;
    float a3 = 0f;
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
            tile[u * PITCH + lane] = arena.get(k + (first + u) * row + part + lane);
          }
        }
        context.localBarrier();
        if (lane < count) {
          for (int c = 0; c < channels; c++) {
            float b = tile[lane * PITCH + c];
            s0 += arena.get(q0 + part + c) * b;
            s1 += arena.get(q1 + part + c) * b;
            s2 += arena.get(q2 + part + c) * b;
            s3 += arena.get(q3 + part + c) * b;
          }
        }
        context.localBarrier();
        if (lane < channels) {
          for (int u = 0; u < count; u++) {
            tile[u * PITCH + lane] = arena.get(v + (first + u) * row + part + lane);
          }
        }
        context.localBarrier();
        if (lane < count) {
          for (int c = 0; c < channels; c++) {
            float b = tile[lane * PITCH + c];
            d0 += arena.get(g0 + part + c) * b;
            d1 += arena.get(g1 + part + c) * b;
            d2 += arena.get(g2 + part + c) * b;
            d3 += arena.get(g3 + part + c) * b;
          }
        }
      }
      if (lane < count) {
        float w0 = TornadoMath.exp(s0 * scale - arena.get(kept + i));
        scores[lane] = w0 * (d0 - arena.get(dots + i)) * scale;
        float w1 = TornadoMath.exp(s1 * scale - arena.get(kept + i + r1));
        scores[TILE + lane] = w1 * (d1 - arena.get(dots + i + r1)) * scale;
        float w2 = TornadoMath.exp(s2 * scale - arena.get(kept + i + r2));
        scores[2 * TILE + lane] = w2 * (d2 - arena.get(dots + i + r2)) * scale;
        float w3 = TornadoMath.exp(s3 * scale - arena.get(kept + i + r3));
        scores[3 * TILE + lane] = w3 * (d3 - arena.get(dots + i + r3)) * scale;
      }
      context.localBarrier();
      if (channel < size) {
        for (int u = 0; u < count; u++) {
          float key = arena.get(own + (first + u) * row);
          a0 += scores[u] * key;
          a1 += scores[TILE + u] * key;
          a2 += scores[2 * TILE + u] * key;
          a3 += scores[3 * TILE + u] * key;
        }
      }
    }
    if (channel < size && end > 0) {
      int to = Address.of(operands, at + QKV_GRADIENT, p) + head * size + i * row + channel;
      arena.set(to, a0);
      arena.set(to + r1 * row, a1);
      arena.set(to + r2 * row, a2);
      arena.set(to + r3 * row, a3);
    }
  }
}
