package org.trm4j.backend.cpu;

import java.util.Arrays;
import java.util.Objects;

/** Attention a query at a time: one row of scores, never the L x L matrix. */
final class ScalarAttention {
  private ScalarAttention() {}

  static void forward(AttentionHead head, int from, int to) {
    int length = head.length();
    int size = head.size();
    float[] qkv = head.qkv();
    float[] scratch = head.scratch();
    int keys = head.scratchOffset();
    int scores = keys + 2 * length * size;
    transpose(head, false, keys);
    float scale = (float) (1 / Math.sqrt(size));
    for (int row = from; row < to; row++) {
      dots(qkv, head.query(row), scratch, keys, scores, length, size);
      float max = Float.NEGATIVE_INFINITY;
      for (int j = 0; j < length; j++) {
        max = Math.max(max, scratch[scores + j]);
      }
      double sum = 0;
      for (int j = 0; j < length; j++) {
        float p = (float) Math.exp((scratch[scores + j] - max) * scale);
        scratch[scores + j] = p;
        sum += p;
      }
      float inverse = (float) (1 / sum);
      int out = head.out(row);
      Arrays.fill(head.attended(), out, out + size, 0);
      for (int j = 0; j < length; j++) {
        float p = scratch[scores + j] * inverse;
        int value = head.value(j);
        for (int d = 0; d < size; d++) {
          head.attended()[out + d] += p * qkv[value + d];
        }
      }
      float[] lse = head.logSumExp();
      if (lse != null) {
        lse[head.lseOffset() + head.head() * length + row] = (float) (max * scale + Math.log(sum));
      }
    }
  }

  static void backward(AttentionHead head) {
    int length = head.length();
    int size = head.size();
    int width = head.width();
    float[] qkv = head.qkv();
    float[] dqkv = head.qkvGradient();
    float[] dOut = head.attendedGradient();
    float[] scratch = head.scratch();
    float[] lse = Objects.requireNonNull(head.logSumExp());
    int keys = head.scratchOffset();
    int values = keys + length * size;
    int p = keys + 2 * length * size;
    int ds = p + length;
    transpose(head, false, keys);
    transpose(head, true, values);
    float scale = (float) (1 / Math.sqrt(size));
    for (int row = 0; row < length; row++) {
      int at = head.qkvGradientOffset() + row * 3 * width + head.head() * size;
      for (int part = 0; part < 3; part++) {
        Arrays.fill(dqkv, at + part * width, at + part * width + size, 0);
      }
    }
    for (int row = 0; row < length; row++) {
      dots(qkv, head.query(row), scratch, keys, p, length, size);
      int dOutRow = head.attendedGradientOffset() + row * width + head.head() * size;
      dots(dOut, dOutRow, scratch, values, ds, length, size);
      double delta = 0;
      for (int d = 0; d < size; d++) {
        delta += (double) dOut[dOutRow + d] * head.attended()[head.out(row) + d];
      }
      float logSum = lse[head.lseOffset() + head.head() * length + row];
      for (int j = 0; j < length; j++) {
        float weight = (float) Math.exp(scratch[p + j] * scale - logSum);
        scratch[p + j] = weight;
        scratch[ds + j] = weight * (float) (scratch[ds + j] - delta) * scale;
      }
      int q = head.query(row);
      int dq = head.qkvGradientOffset() + row * 3 * width + head.head() * size;
      for (int j = 0; j < length; j++) {
        float weight = scratch[p + j];
        float s = scratch[ds + j];
        int k = head.key(j);
        int dk = head.qkvGradientOffset() + j * 3 * width + width + head.head() * size;
        int dv = dk + width;
        for (int d = 0; d < size; d++) {
          dqkv[dq + d] += s * qkv[k + d];
          dqkv[dk + d] += s * qkv[q + d];
          dqkv[dv + d] += weight * dOut[dOutRow + d];
        }
      }
    }
  }

  /**
   * Copies k (or v) to [size, length], so that dot products with all rows run along contiguous
   * memory.
   */
  private static void transpose(AttentionHead head, boolean values, int target) {
    for (int j = 0; j < head.length(); j++) {
      int source = values ? head.value(j) : head.key(j);
      for (int d = 0; d < head.size(); d++) {
        head.scratch()[target + d * head.length() + j] = head.qkv()[source + d];
      }
    }
  }

  /** scores[j] = sum over d of a[d] * transposed[d, j]. */
  private static void dots(
      float[] a, int ao, float[] scratch, int transposed, int scores, int length, int size) {
    Arrays.fill(scratch, scores, scores + length, 0);
    for (int d = 0; d < size; d++) {
      float value = a[ao + d];
      int row = transposed + d * length;
      for (int j = 0; j < length; j++) {
        scratch[scores + j] += value * scratch[row + j];
      }
    }
  }
}
