package org.trm4j.backend.cpu.operation.task;

import java.util.Arrays;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.task.Objective;

/** Runs {@link TermLoss} in double precision. */
public final class TermLossStep implements Step {
  private final Objective.Term.LossKind kind;
  private final BufferLocation logits;
  private final BufferLocation target;
  private final BufferLocation weight;
  private final BufferLocation gradient;
  private final BufferLocation loss;
  private final double positive;
  private final double negative;
  private final double share;
  private final int rows;
  private final int width;

  public TermLossStep(TermLoss operation, StepContext context) {
    kind = operation.kind();
    logits = context.locate(operation.logits());
    target = context.locate(operation.target());
    weight = context.locate(operation.weight());
    gradient = context.locate(operation.gradient());
    loss = context.locate(operation.loss());
    positive = operation.positive();
    negative = operation.negative();
    share = operation.share();
    rows = operation.logits().shape().dim(0);
    width = operation.logits().shape().dim(1);
  }

  @Override
  public int terms() {
    return rows;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    double scale = frame.wave().gradients.scale * share;
    float[] out = gradient.array(frame);
    for (int row = worker.from(rows); row < worker.to(rows); row++) {
      double w = weight.array(frame)[weight.offset() + row];
      int to = gradient.offset() + row * width;
      if (w == 0) {
        Arrays.fill(out, to, to + width, 0f);
        frame.terms[row] = 0;
      } else if (kind == Objective.Term.LossKind.BINARY) {
        frame.terms[row] = w * binary(frame, row, scale * w, out, to);
      } else {
        int label = (int) target.array(frame)[target.offset() + row];
        frame.terms[row] = w * classes(frame, row, label, scale * w, out, to);
      }
    }
    worker.await();
    if (worker.index() == 0) {
      double sum = 0;
      for (int row = 0; row < rows; row++) {
        sum += frame.terms[row];
      }
      loss.array(frame)[loss.offset()] = (float) sum;
    }
  }

  private double binary(Frame frame, int row, double scale, float[] out, int to) {
    float[] x = logits.array(frame);
    int from = logits.offset() + row * width;
    int targets = target.offset() + row * width;
    double sum = 0;
    for (int i = 0; i < width; i++) {
      double t = target.array(frame)[targets + i];
      double p = sigmoid(x[from + i]);
      double yes = positive * t;
      double no = negative * (1 - t);
      sum += yes * softPlus(-x[from + i]) + no * softPlus(x[from + i]);
      out[to + i] = (float) (scale / width * (no * p - yes * (1 - p)));
    }
    return sum / width;
  }

  private double classes(Frame frame, int row, int label, double scale, float[] out, int to) {
    float[] x = logits.array(frame);
    int from = logits.offset() + row * width;
    boolean stable = kind == Objective.Term.LossKind.STABLE_MAX;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < width; i++) {
      max = Math.max(max, x[from + i]);
    }
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += stable ? stable(x[from + i]) : Math.exp(x[from + i] - max);
    }
    for (int i = 0; i < width; i++) {
      double hit = i == label ? 1 : 0;
      double v = x[from + i];
      double s = stable(v);
      double slope = v >= 0 ? 1 : s * s;
      out[to + i] =
          (float)
              (stable
                  ? scale * slope * (1 / sum - hit / s)
                  : scale * (Math.exp(v - max) / sum - hit));
    }
    double own = x[from + label];
    return stable ? -Math.log(stable(own) / sum) : Math.log(sum) - (own - max);
  }

  private static double stable(double x) {
    return x >= 0 ? x + 1 : 1 / (1 - x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** log(1 + exp(x)) without overflow for any x. */
  private static double softPlus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }
}
