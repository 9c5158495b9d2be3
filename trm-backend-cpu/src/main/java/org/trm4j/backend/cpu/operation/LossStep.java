package org.trm4j.backend.cpu.operation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.ArgMax;
import org.trm4j.backend.cpu.program.BufferLocation;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.plan.operation.Loss;

/** Runs {@link Loss} in double precision. */
final class LossStep implements Step {
  private final BufferLocation logits;
  private final BufferLocation q;
  private final @Nullable BufferLocation nextQ;
  private final BufferLocation logitsGradient;
  private final BufferLocation qGradient;
  private final int tokens;
  private final int vocabulary;

  LossStep(Loss operation, StepContext context) {
    logits = context.locate(operation.logits());
    q = context.locate(operation.q());
    nextQ = operation.nextQ() == null ? null : context.locate(operation.nextQ());
    logitsGradient = context.locate(operation.logitsGradient());
    qGradient = context.locate(operation.qGradient());
    tokens = operation.logits().shape().dim(0);
    vocabulary = operation.logits().shape().dim(1);
  }

  @Override
  public int terms() {
    return 2 * tokens;
  }

  @Override
  public void run(Frame frame, Worker worker) {
    int labelled = 0;
    for (int label : frame.sequence.labels) {
      labelled += label == Loss.IGNORED ? 0 : 1;
    }
    double scale = frame.wave().gradients.scale;
    tokens(frame, scale / labelled, worker);
    worker.await();
    if (worker.index() == 0) {
      heads(frame, labelled);
    }
  }

  /** Writes each position's loss, then whether it is correct, to the frame's terms. */
  private void tokens(Frame frame, double scale, Worker worker) {
    int[] labels = frame.sequence.labels;
    float[] x = logits.array(frame);
    float[] gradient = logitsGradient.array(frame);
    for (int t = worker.from(tokens); t < worker.to(tokens); t++) {
      int from = logits.offset() + t * vocabulary;
      int to = logitsGradient.offset() + t * vocabulary;
      boolean counts = labels[t] != Loss.IGNORED;
      if (!counts) {
        Arrays.fill(gradient, to, to + vocabulary, 0f);
      }
      frame.terms[t] = counts ? token(x, from, labels[t], scale, gradient, to) : 0;
      frame.terms[tokens + t] = counts && ArgMax.of(x, from, vocabulary) == labels[t] ? 1 : 0;
    }
  }

  private void heads(Frame frame, int labelled) {
    double scale = frame.wave().gradients.scale;
    double loss = 0;
    int correct = 0;
    for (int t = 0; t < tokens; t++) {
      loss += frame.terms[t];
      correct += (int) frame.terms[tokens + t];
    }
    boolean exact = correct == labelled;
    float[] heads = q.array(frame);
    float halt = heads[q.offset()];
    float proceed = heads[q.offset() + 1];
    float[] gradient = qGradient.array(frame);
    gradient[qGradient.offset()] = (float) (0.5 * scale * (sigmoid(halt) - (exact ? 1 : 0)));
    gradient[qGradient.offset() + 1] = 0;
    double continueLoss = 0;
    if (nextQ != null) {
      double target = target(frame, nextQ);
      continueLoss = crossEntropy(proceed, target);
      gradient[qGradient.offset() + 1] = (float) (0.5 * scale * (sigmoid(proceed) - target));
    }
    frame.sequence.metrics =
        new SequenceMetrics(
            loss / Math.max(labelled, 1),
            crossEntropy(halt, exact ? 1 : 0),
            continueLoss,
            correct,
            labelled,
            exact,
            halt,
            proceed);
  }

  private static double target(Frame frame, BufferLocation nextQ) {
    float halt = nextQ.array(frame)[nextQ.offset()];
    float proceed = nextQ.array(frame)[nextQ.offset() + 1];
    return sigmoid(frame.sequence.lastStep ? halt : Math.max(halt, proceed));
  }

  /**
   * Writes the gradient of one position's StableMax cross-entropy times {@code scale}; returns the
   * cross-entropy.
   */
  private double token(float[] x, int from, int label, double scale, float[] gradient, int to) {
    double sum = 0;
    for (int i = 0; i < vocabulary; i++) {
      sum += stable(x[from + i]);
    }
    for (int i = 0; i < vocabulary; i++) {
      double v = x[from + i];
      double s = stable(v);
      double slope = v >= 0 ? 1 : s * s;
      gradient[to + i] = (float) (scale * slope * (1 / sum - (i == label ? 1 / s : 0)));
    }
    return -Math.log(stable(x[from + label]) / sum);
  }

  private static double stable(double x) {
    return x >= 0 ? x + 1 : 1 / (1 - x);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double crossEntropy(double logit, double target) {
    return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
  }
}
