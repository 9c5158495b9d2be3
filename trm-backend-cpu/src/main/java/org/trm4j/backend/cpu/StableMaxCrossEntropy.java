package org.trm4j.backend.cpu;

import org.trm4j.plan.Loss;

/** StableMax cross-entropy of one sequence in double precision; see {@link Loss}. */
final class StableMaxCrossEntropy {
  private StableMaxCrossEntropy() {}

  private static double s(double x) {
    return x >= 0 ? x + 1 : 1 / (1 - x);
  }

  private static double derivative(double x) {
    return x >= 0 ? 1 : 1 / ((1 - x) * (1 - x));
  }

  /** Returns the number of labels that count. */
  static int count(int[] labels) {
    int count = 0;
    for (int label : labels) {
      count += label == Loss.IGNORED ? 0 : 1;
    }
    return count;
  }

  /** Returns the number of labels that the arg-max equals. */
  static int correct(float[] logits, int offset, int vocab, int[] labels) {
    int correct = 0;
    for (int t = 0; t < labels.length; t++) {
      if (labels[t] != Loss.IGNORED && ArgMax.of(logits, offset + t * vocab, vocab) == labels[t]) {
        correct++;
      }
    }
    return correct;
  }

  /** Returns the mean loss and writes its gradient times {@code scale}. */
  static double of(
      float[] logits,
      int offset,
      int vocab,
      int[] labels,
      float scale,
      float[] gradient,
      int gradientOffset) {
    double total = 0;
    int n = Math.max(1, count(labels));
    for (int t = 0; t < labels.length; t++) {
      int row = offset + t * vocab;
      int out = gradientOffset + t * vocab;
      if (labels[t] == Loss.IGNORED) {
        java.util.Arrays.fill(gradient, out, out + vocab, 0);
        continue;
      }
      double sum = 0;
      for (int i = 0; i < vocab; i++) {
        sum += s(logits[row + i]);
      }
      double target = logits[row + labels[t]];
      total += Math.log(sum) - Math.log(s(target));
      double factor = (double) scale / n;
      for (int i = 0; i < vocab; i++) {
        gradient[out + i] = (float) (factor * derivative(logits[row + i]) / sum);
      }
      gradient[out + labels[t]] = (float) (factor * derivative(target) * (1 / sum - 1 / s(target)));
    }
    return total / n;
  }
}
