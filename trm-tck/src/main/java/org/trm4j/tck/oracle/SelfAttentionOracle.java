package org.trm4j.tck.oracle;

import org.trm4j.plan.operation.SelfAttention;

/** {@link SelfAttention} and its gradient, with the whole matrix of attention weights. */
final class SelfAttentionOracle {
  private SelfAttentionOracle() {}

  static void forward(SelfAttention op, Workspace w) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    double[] h = w.read(op.input());
    double[] qkv = Matrices.linear(w.products(), h, length, d, w.parameter(op.qkv()), 3 * d);
    rotate(qkv, length, d, op.heads(), op.rotaryBase(), 1);
    double[] factors = w.products().of(qkv);
    Rounding to = w.products();
    double[] attended = new double[length * d];
    double[] logSumExp = new double[op.heads() * length];
    int size = d / op.heads();
    for (int head = 0; head < op.heads(); head++) {
      for (int i = 0; i < length; i++) {
        double[] scores = scores(factors, length, d, size, head, i);
        double max = max(scores);
        double lse = logSumExp(scores, max);
        logSumExp[head * length + i] = lse;
        double total = Math.exp(lse - max);
        // Only the numerators are rounded.
        for (int j = 0; j < length; j++) {
          double weight = w.products().of(Math.exp(scores[j] - max)) / total;
          for (int c = 0; c < size; c++) {
            attended[i * d + head * size + c] += weight * factors[value(j, d, head, size, c)];
          }
        }
      }
    }
    for (int i = 0; i < attended.length; i++) {
      attended[i] = to.kept(attended[i]);
    }
    double[] u = Matrices.linear(w.products(), attended, length, d, w.parameter(op.out()), d);
    for (int i = 0; i < u.length; i++) {
      u[i] = to.kept(u[i] + h[i]);
    }
    double[] r = PostNorm.inverseRms(u, length, d, op.epsilon());
    w.write(op.output(), PostNorm.scale(u, r, d));
    if (op.saved() != null) {
      w.writeExactly(op.saved().inverseRms(), r);
      w.write(op.saved().attended(), attended);
      w.writeExactly(op.saved().logSumExp(), logSumExp);
    }
  }

  static void backward(SelfAttention.Backward op, Workspace w) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int size = d / op.heads();
    double[] h = w.read(op.input());
    double[] attended = w.read(op.saved().attended());
    double[] logSumExp = w.read(op.saved().logSumExp());
    double[] qkv = Matrices.linear(w.products(), h, length, d, w.parameter(op.qkv()), 3 * d);
    rotate(qkv, length, d, op.heads(), op.rotaryBase(), 1);
    double[] du =
        w.products()
            .kept(
                PostNorm.backward(
                    w.read(op.output()),
                    w.read(op.saved().inverseRms()),
                    w.read(op.outputGradient()),
                    d));
    double[] dAttended =
        Matrices.linearBackward(
            w.products(), du, attended, length, d, w.parameter(op.out()), w.gradient(op.out()), d);
    Rounding to = w.products();
    double[] factors = to.of(qkv);
    double[] dQkv = new double[qkv.length];
    for (int head = 0; head < op.heads(); head++) {
      for (int i = 0; i < length; i++) {
        double[] scores = scores(factors, length, d, size, head, i);
        double mean = 0;
        for (int c = head * size; c < (head + 1) * size; c++) {
          mean += dAttended[i * d + c] * attended[i * d + c];
        }
        for (int j = 0; j < length; j++) {
          double weight = Math.exp(scores[j] - logSumExp[head * length + i]);
          double dWeight = 0;
          for (int c = 0; c < size; c++) {
            double g = to.of(dAttended[i * d + head * size + c]);
            dWeight += g * factors[value(j, d, head, size, c)];
            dQkv[value(j, d, head, size, c)] += to.of(weight) * g;
          }
          double dScore = to.of(weight * (dWeight - mean) / Math.sqrt(size));
          for (int c = 0; c < size; c++) {
            int query = i * 3 * d + head * size + c;
            int key = j * 3 * d + d + head * size + c;
            dQkv[query] += dScore * factors[key];
            dQkv[key] += dScore * factors[query];
          }
        }
      }
    }
    rotate(dQkv, length, d, op.heads(), op.rotaryBase(), -1);
    double[] dh =
        Matrices.linearBackward(
            w.products(), dQkv, h, length, d, w.parameter(op.qkv()), w.gradient(op.qkv()), 3 * d);
    for (int i = 0; i < dh.length; i++) {
      dh[i] = to.kept(dh[i] + du[i]);
    }
    w.write(op.inputGradient(), dh);
  }

  private static int value(int position, int d, int head, int size, int channel) {
    return position * 3 * d + 2 * d + head * size + channel;
  }

  private static double[] scores(double[] qkv, int length, int d, int size, int head, int query) {
    double[] scores = new double[length];
    for (int j = 0; j < length; j++) {
      for (int c = 0; c < size; c++) {
        scores[j] += qkv[query * 3 * d + head * size + c] * qkv[j * 3 * d + d + head * size + c];
      }
      scores[j] /= Math.sqrt(size);
    }
    return scores;
  }

  private static double max(double[] scores) {
    double max = Double.NEGATIVE_INFINITY;
    for (double score : scores) {
      max = Math.max(max, score);
    }
    return max;
  }

  private static double logSumExp(double[] scores, double max) {
    double sum = 0;
    for (double score : scores) {
      sum += Math.exp(score - max);
    }
    return max + Math.log(sum);
  }

  /** Rotates q and k of each head and position; backwards for direction -1. */
  private static void rotate(
      double[] qkv, int length, int d, int heads, double base, int direction) {
    if (base <= 0) {
      return;
    }
    int size = d / heads;
    for (int p = 0; p < length; p++) {
      for (int head = 0; head < 2 * heads; head++) {
        for (int i = 0; i < size / 2; i++) {
          double t = direction * p * Math.pow(base, -2.0 * i / size);
          int at = p * 3 * d + head * size + i;
          double a = qkv[at];
          double b = qkv[at + size / 2];
          qkv[at] = a * Math.cos(t) - b * Math.sin(t);
          qkv[at + size / 2] = b * Math.cos(t) + a * Math.sin(t);
        }
      }
    }
  }
}
