package org.trm4j.tck.oracle;

import java.util.Arrays;
import org.trm4j.plan.operation.OutputHeads;

/** {@link OutputHeads} and its gradient. */
final class OutputHeadsOracle {
  private OutputHeadsOracle() {}

  static void forward(OutputHeads op, Workspace w) {
    int d = op.input().shape().dim(1);
    int tokens = op.logits().shape().dim(0);
    int vocabulary = op.logits().shape().dim(1);
    double[] y = w.read(op.input());
    double[] rows = Arrays.copyOfRange(y, y.length - tokens * d, y.length);
    w.write(
        op.logits(),
        Matrices.linear(
            w.products().ofHeads(), rows, tokens, d, w.parameter(op.lmHead()), vocabulary));
    double[] q = Matrices.linear(w.products().ofHeads(), y, 1, d, w.parameter(op.qWeight()), 2);
    q[0] += w.parameter(op.qBias())[0];
    q[1] += w.parameter(op.qBias())[1];
    w.write(op.q(), q);
  }

  static void backward(OutputHeads.Backward op, Workspace w) {
    int d = op.input().shape().dim(1);
    int tokens = op.logitsGradient().shape().dim(0);
    int vocabulary = op.logitsGradient().shape().dim(1);
    double[] y = w.read(op.input());
    double[] rows = Arrays.copyOfRange(y, y.length - tokens * d, y.length);
    double[] dRows =
        Matrices.linearBackward(
            w.products().ofHeads(),
            w.read(op.logitsGradient()),
            rows,
            tokens,
            d,
            w.parameter(op.lmHead()),
            w.gradient(op.lmHead()),
            vocabulary);
    double[] dy = new double[y.length];
    System.arraycopy(dRows, 0, dy, y.length - tokens * d, tokens * d);
    double[] dq = w.read(op.qGradient());
    double[] first =
        Matrices.linearBackward(
            w.products().ofHeads(),
            dq,
            y,
            1,
            d,
            w.parameter(op.qWeight()),
            w.gradient(op.qWeight()),
            2);
    for (int c = 0; c < d; c++) {
      dy[c] += first[c];
    }
    w.gradient(op.qBias())[0] += dq[0];
    w.gradient(op.qBias())[1] += dq[1];
    w.write(op.inputGradient(), dy);
  }
}
