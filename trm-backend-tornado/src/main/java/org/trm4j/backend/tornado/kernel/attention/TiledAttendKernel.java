package org.trm4j.backend.tornado.kernel.attention;

import org.trm4j.backend.tornado.kernel.Address;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@code out_i = sum over j of softmax(scale q_i k_j) v_j} of each head without its scores in
 * memory: keys are processed in tiles of 64, and the sums are rescaled when a larger score appears
 * (online softmax, arXiv 1805.02867; FlashAttention, arXiv 2205.14135). A group of 64 items has
 * four queries; an item first has a key of the tile, then a channel of the result. Launch: (64 for
 * each 64 channels of a head) x (heads x length / 4) x sequences, in groups of 64 x 1 x 1.
 */
public final class TiledAttendKernel {
  /** Items of a group, and keys of a tile. */
  public static final int TILE = 64;

  /** Queries of a group. */
  public static final int ROWS = 4;

  private static final int PITCH = 65;

  private static final int QKV = 0;
  private static final int OUT = 2;
  private static final int LOG_SUM_EXP = 4;
  private static final int HEADS = 6;
  private static final int LENGTH = 8;
  private static final int SIZE = 10;
  private static final int KEEPS_SUM = 12;

  private TiledAttendKernel() {}

  /**
   * Operands from {@code at}: [q; k; v] rows, out, the log-sum-exp of each row; heads, length,
   * size, and 1 where the log-sum-exp is kept.
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
    float[] maxima = context.allocateFloatLocalArray(ROWS);
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
    int row = 3 * heads * size;
    int q0 = Address.of(operands, at + QKV, p) + head * size + i * row;
    int q1 = q0 + r1 * row;
    int q2 = q0 + r2 * row;
    int q3 = q0 + r3 * row;
    int k = Address.of(operands, at + QKV, p) + (heads + head) * size;
    int v = k + heads * size + channel;
    float m0 = Float.NEGATIVE_INFINITY;
    float m1 = m0;
    float m2 = m0;
    float m3 = m0;
    float l0 = 0f;
    float l1 = 0f;
    float l2 = 0f;
    float l3 = 0f;
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
      for (int part = 0; part < size; part += TILE) {
        int width = size - part < TILE ? size - part : TILE;
        context.localBarrier();
        if (lane < width) {
          for (int u = 0; u < count; u++) {
            tile[u * PITCH + lane] = arena.get(k + (first + u) * row + part + lane);
          }
        }
        context.localBarrier();
        if (lane < count) {
          for (int c = 0; c < width; c++) {
            float b = tile[lane * PITCH + c];
            s0 += arena.get(q0 + part + c) * b;
            s1 += arena.get(q1 + part + c) * b;
            s2 += arena.get(q2 + part + c) * b;
            s3 += arena.get(q3 + part + c) * b;
          }
        }
      }
      if (lane < count) {
        weights[lane] = s0 * scale;
        weights[TILE + lane] = s1 * scale;
        weights[2 * TILE + lane] = s2 * scale;
        weights[3 * TILE + lane] = s3 * scale;
      }
      context.localBarrier();
      if (lane < ROWS) {
        float largest = weights[lane * TILE];
        for (int u = 1; u < count; u++) {
          float score = weights[lane * TILE + u];
          largest = score > largest ? score : largest;
        }
        maxima[lane] = largest;
      }
      context.localBarrier();
      float n0 = maxima[0] > m0 ? maxima[0] : m0;
      float n1 = maxima[1] > m1 ? maxima[1] : m1;
      float n2 = maxima[2] > m2 ? maxima[2] : m2;
      float n3 = maxima[3] > m3 ? maxima[3] : m3;
      float f0 = TornadoMath.exp(m0 - n0);
      float f1 = TornadoMath.exp(m1 - n1);
      float f2 = TornadoMath.exp(m2 - n2);
      float f3 = TornadoMath.exp(m3 - n3);
      if (lane < count) {
        weights[lane] = TornadoMath.exp(s0 * scale - n0);
        weights[TILE + lane] = TornadoMath.exp(s1 * scale - n1);
        weights[2 * TILE + lane] = TornadoMath.exp(s2 * scale - n2);
        weights[3 * TILE + lane] = TornadoMath.exp(s3 * scale - n3);
      }
      context.localBarrier();
      l0 = l0 * f0;
      a0 = a0 * f0;
      m0 = n0;
      l1 = l1 * f1;
      a1 = a1 * f1;
      m1 = n1;
      l2 = l2 * f2;
      a2 = a2 * f2;
      m2 = n2;
      l3 = l3 * f3;
      a3 = a3 * f3;
      m3 = n3;
      if (channel < size) {
        for (int u = 0; u < count; u++) {
          float value = arena.get(v + (first + u) * row);
          float w0 = weights[u];
          float w1 = weights[TILE + u];
          float w2 = weights[2 * TILE + u];
          float w3 = weights[3 * TILE + u];
          l0 += w0;
          a0 += w0 * value;
          l1 += w1;
          a1 += w1 * value;
          l2 += w2;
          a2 += w2 * value;
          l3 += w3;
          a3 += w3 * value;
        }
      }
    }
    if (channel < size && end > 0) {
      int width = heads * size;
      int to = Address.of(operands, at + OUT, p) + i * width + head * size + channel;
      arena.set(to, a0 / l0);
      arena.set(to + r1 * width, a1 / l1);
      arena.set(to + r2 * width, a2 / l2);
      arena.set(to + r3 * width, a3 / l3);
      if (channel == 0 && operands.get(at + KEEPS_SUM) != 0) {
        int kept = Address.of(operands, at + LOG_SUM_EXP, p) + head * length + i;
        arena.set(kept, m0 + TornadoMath.log(l0));
        arena.set(kept + r1, m1 + TornadoMath.log(l1));
        arena.set(kept + r2, m2 + TornadoMath.log(l2));
        arena.set(kept + r3, m3 + TornadoMath.log(l3));
      }
    }
  }
}
