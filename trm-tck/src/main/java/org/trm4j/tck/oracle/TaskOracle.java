package org.trm4j.tck.oracle;

import java.util.Arrays;
import org.trm4j.plan.operation.Assemble;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.plan.operation.TermLoss.ExactTarget;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;
import org.trm4j.task.Objective;

/** The operations of tasks with inputs, heads and terms of their own. */
final class TaskOracle {
  private TaskOracle() {}

  static void linear(Linear op, Workspace w) {
    int in = op.input().shape().dim(1);
    int out = op.output().shape().dim(1);
    double[] x = rows(w.read(op.input()), op.from(), op.rowsRead(), in, op.mean());
    int rows = op.mean() ? 1 : op.rowsRead();
    double[] y = Matrices.linear(x, rows, in, w.parameter(op.weight()), out);
    if (op.bias() != null) {
      for (int i = 0; i < y.length; i++) {
        y[i] += w.parameter(op.bias())[i % out];
      }
    }
    w.write(op.output(), y);
  }

  private static double[] rows(double[] all, int from, int count, int width, boolean mean) {
    double[] rows = Arrays.copyOfRange(all, from * width, (from + count) * width);
    if (!mean) {
      return rows;
    }
    double[] average = new double[width];
    for (int i = 0; i < rows.length; i++) {
      average[i % width] += rows[i] / count;
    }
    return average;
  }

  static void linearBackward(Linear.Backward op, Workspace w) {
    int in = op.input().shape().dim(1);
    int out = op.outputGradient().shape().dim(1);
    int count = op.rowsRead();
    double[] dy = w.read(op.outputGradient());
    double[] x = rows(w.read(op.input()), op.from(), count, in, op.mean());
    int rows = op.mean() ? 1 : count;
    double[] dx =
        Matrices.linearBackward(
            dy, x, rows, in, w.parameter(op.weight()), w.gradient(op.weight()), out);
    if (op.bias() != null) {
      for (int i = 0; i < dy.length; i++) {
        w.gradient(op.bias())[i % out] += dy[i];
      }
    }
    if (op.inputGradient() != null) {
      double[] gradient = new double[op.inputGradient().shape().intSize()];
      for (int i = 0; i < count * in; i++) {
        gradient[op.from() * in + i] = op.mean() ? dx[i % in] / count : dx[i];
      }
      w.write(op.inputGradient(), gradient);
    }
  }

  static void assemble(Assemble op, Workspace w) {
    double[] rows = w.read(op.rows());
    double[] x = new double[op.output().shape().intSize()];
    int prefix = x.length - rows.length;
    for (int i = 0; i < x.length; i++) {
      double e = i >= prefix ? rows[i - prefix] : 0;
      if (i < prefix && op.prefix() != null) {
        e = w.parameter(op.prefix())[i];
      }
      double position = op.positions() == null ? 0 : w.parameter(op.positions())[i];
      x[i] = op.scale() * (e + position);
    }
    w.write(op.output(), x);
  }

  static void assembleBackward(Assemble.Backward op, Workspace w) {
    double[] dx = w.read(op.outputGradient());
    double[] rows = new double[op.rowsGradient().shape().intSize()];
    int prefix = dx.length - rows.length;
    for (int i = 0; i < dx.length; i++) {
      double g = op.scale() * dx[i];
      if (i >= prefix) {
        rows[i - prefix] = g;
      } else if (op.prefix() != null) {
        w.gradient(op.prefix())[i] += g;
      }
      if (op.positions() != null) {
        w.gradient(op.positions())[i] += g;
      }
    }
    w.write(op.rowsGradient(), rows);
  }

  static void exact(ExactTarget op, Workspace w) {
    int width = op.logits().shape().dim(1);
    double[] x = w.read(op.logits());
    double[] classes = w.read(op.classes());
    boolean exact = true;
    for (int row = 0; row < classes.length; row++) {
      exact &= classes[row] < 0 || LossOracle.argMax(x, row * width, width) == (int) classes[row];
    }
    w.write(op.target(), new double[] {exact ? 1 : 0});
  }

  static void nextStep(NextStepTarget op, Workspace w) {
    double largest =
        op.logits().stream().mapToDouble(logit -> w.read(logit)[0]).max().orElseThrow();
    double logit = w.lastStep() ? w.read(op.last())[0] : largest;
    w.write(op.target(), new double[] {Scalars.sigmoid(logit)});
  }

  static void loss(TermLoss op, Workspace w) {
    int width = op.logits().shape().dim(1);
    double[] x = w.read(op.logits());
    double[] target = w.read(op.target());
    double[] weight = w.read(op.weight());
    double[] gradient = new double[x.length];
    double loss = 0;
    for (int row = 0; row < weight.length; row++) {
      if (weight[row] != 0) {
        double scale = w.scale() * op.share() * weight[row];
        int from = row * width;
        loss +=
            weight[row]
                * (op.kind() == Objective.Term.LossKind.BINARY
                    ? binary(op, x, target, from, width, scale, gradient)
                    : classes(op, x, (int) target[row], from, width, scale, gradient));
      }
    }
    w.write(op.gradient(), gradient);
    w.write(op.loss(), new double[] {loss});
  }

  private static double binary(
      TermLoss op, double[] x, double[] t, int from, int width, double scale, double[] gradient) {
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      double p = Scalars.sigmoid(x[i]);
      double yes = op.positive() * t[i];
      double no = op.negative() * (1 - t[i]);
      sum += yes * Scalars.crossEntropy(x[i], 1) + no * Scalars.crossEntropy(x[i], 0);
      gradient[i] = scale / width * (no * p - yes * (1 - p));
    }
    return sum / width;
  }

  private static double classes(
      TermLoss op, double[] x, int label, int from, int width, double scale, double[] gradient) {
    boolean stable = op.kind() == Objective.Term.LossKind.STABLE_MAX;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + width; i++) {
      max = Math.max(max, x[i]);
    }
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += stable ? Scalars.stable(x[i]) : Math.exp(x[i] - max);
    }
    for (int i = from; i < from + width; i++) {
      double hit = i == from + label ? 1 : 0;
      gradient[i] =
          stable
              ? scale * Scalars.stableSlope(x[i]) * (1 / sum - hit / Scalars.stable(x[i]))
              : scale * (Math.exp(x[i] - max) / sum - hit);
    }
    double own = x[from + label];
    return stable ? -Math.log(Scalars.stable(own) / sum) : Math.log(sum) - (own - max);
  }
}
