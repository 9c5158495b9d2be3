package org.trm4j.tck.oracle;

import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.plan.operation.Loss;

/** {@link Loss}. */
final class LossOracle {
  private LossOracle() {}

  static void run(Loss op, Workspace w) {
    int vocabulary = op.logits().shape().dim(1);
    double[] x = w.read(op.logits());
    int[] labels = w.labels();
    int labelled = 0;
    for (int label : labels) {
      labelled += label == Loss.IGNORED ? 0 : 1;
    }
    double[] dx = new double[x.length];
    double loss = 0;
    int correct = 0;
    for (int s = 0; s < labels.length; s++) {
      if (labels[s] != Loss.IGNORED) {
        int from = s * vocabulary;
        double sum = 0;
        for (int i = from; i < from + vocabulary; i++) {
          sum += Scalars.stable(x[i]);
        }
        double target = Scalars.stable(x[from + labels[s]]);
        loss -= Math.log(target / sum) / labelled;
        for (int i = from; i < from + vocabulary; i++) {
          double inverse = i == from + labels[s] ? 1 / target : 0;
          dx[i] = w.scale() / labelled * Scalars.stableSlope(x[i]) * (1 / sum - inverse);
        }
        correct += argMax(x, from, vocabulary) == labels[s] ? 1 : 0;
      }
    }
    w.write(op.logitsGradient(), dx);
    halting(op, w, loss, correct, labelled);
  }

  private static void halting(Loss op, Workspace w, double loss, int correct, int labelled) {
    double[] q = w.read(op.q());
    double exact = correct == labelled ? 1 : 0;
    double[] dq = {0.5 * w.scale() * (Scalars.sigmoid(q[0]) - exact), 0};
    double continueLoss = 0;
    if (op.nextQ() != null) {
      double[] next = w.read(op.nextQ());
      double target = Scalars.sigmoid(w.lastStep() ? next[0] : Math.max(next[0], next[1]));
      dq[1] = 0.5 * w.scale() * (Scalars.sigmoid(q[1]) - target);
      continueLoss = Scalars.crossEntropy(q[1], target);
    }
    w.write(op.qGradient(), dq);
    w.report(
        new SequenceMetrics(
            loss,
            Scalars.crossEntropy(q[0], exact),
            continueLoss,
            correct,
            labelled,
            correct == labelled,
            (float) q[0],
            (float) q[1]));
  }

  /** Returns the first of the largest values' indices, counted from {@code from}. */
  static int argMax(double[] x, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if (x[from + i] > x[from + best]) {
        best = i;
      }
    }
    return best;
  }
}
