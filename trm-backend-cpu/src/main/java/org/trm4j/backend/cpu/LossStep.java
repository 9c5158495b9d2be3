package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.Loss;

/** {@link Loss}. */
final class LossStep implements Step {
  private final Slice logits;
  private final Slice q;
  private final @Nullable Slice nextQ;
  private final Slice logitsGradient;
  private final Slice qGradient;
  private final int vocab;

  LossStep(Loss operation, Slice.Locator locator) {
    this.logits = locator.find(operation.logits());
    this.q = locator.find(operation.q());
    Buffer next = operation.nextQ();
    this.nextQ = next == null ? null : locator.find(next);
    this.logitsGradient = locator.find(operation.logitsGradient());
    this.qGradient = locator.find(operation.qGradient());
    this.vocab = operation.logits().shape().dim(1);
  }

  @Override
  public int phases() {
    return 1;
  }

  @Override
  public int units(int phase) {
    return 1;
  }

  @Override
  public void run(int phase, int from, int to, Frame frame, float[] tile) {
    float[] x = logits.of(frame);
    int[] labels = frame.labels;
    int count = StableMaxCrossEntropy.count(labels);
    int correct = StableMaxCrossEntropy.correct(x, logits.offset(), vocab, labels);
    double language =
        StableMaxCrossEntropy.of(
            x,
            logits.offset(),
            vocab,
            labels,
            frame.gradientScale,
            logitsGradient.of(frame),
            logitsGradient.offset());
    float halt = q.of(frame)[q.offset()];
    float proceed = q.of(frame)[q.offset() + 1];
    boolean exact = correct == count;
    float[] dq = qGradient.of(frame);
    double haltTarget = exact ? 1 : 0;
    dq[qGradient.offset()] = gradient(halt, haltTarget, frame);
    double continueLoss = 0;
    if (nextQ == null) {
      dq[qGradient.offset() + 1] = 0;
    } else {
      double target = target(frame, nextQ);
      continueLoss = binaryCrossEntropy(proceed, target);
      dq[qGradient.offset() + 1] = gradient(proceed, target, frame);
    }
    frame.metrics =
        new SequenceMetrics(
            language,
            binaryCrossEntropy(halt, haltTarget),
            continueLoss,
            correct,
            count,
            exact,
            halt,
            proceed);
  }

  private static double target(Frame frame, Slice next) {
    double halt = next.of(frame)[next.offset()];
    double proceed = next.of(frame)[next.offset() + 1];
    return sigmoid(frame.lastStep ? halt : Math.max(halt, proceed));
  }

  private static float gradient(double q, double target, Frame frame) {
    return (float) (0.5 * frame.gradientScale * (sigmoid(q) - target));
  }

  private static double binaryCrossEntropy(double q, double target) {
    return Math.max(q, 0) - q * target + Math.log1p(Math.exp(-Math.abs(q)));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
