package org.trm4j.backend.tornado;

import org.trm4j.backend.tornado.Products.Walk;
import org.trm4j.plan.Loss;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;

/** {@link OutputHeads}, its gradient, and {@link Loss}. */
final class HeadTasks {
  private HeadTasks() {}

  static void forward(OutputHeads op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int tokens = op.logits().shape().dim(0);
    int vocabulary = op.lmHead().shape().dim(0);
    Place input = l.place(op.input());
    if (tokens > 0) {
      Products.product(
          t,
          Lowered.arena(t, rows(input, (length - tokens) * d)),
          l.transposed(t, op.lmHead()),
          l.place(op.logits()),
          new Walk(tokens, vocabulary, d, d, 1, vocabulary));
    }
    int at = t.operands(input, l.shared(op.qWeight()), l.shared(op.qBias()), l.place(op.q()));
    t.add(
        "haltHead",
        t.threads(2),
        (graph, name, operands) ->
            graph.task(
                name,
                HaltHeadKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.weights,
                t.arena(),
                at,
                d),
        at,
        d);
  }

  static void backward(OutputHeadsBackward op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int tokens = op.logitsGradient().shape().dim(0);
    int vocabulary = op.lmHead().shape().dim(0);
    int prefix = length - tokens;
    Place input = l.place(op.input());
    Place dLogits = l.place(op.logitsGradient());
    Place dq = l.place(op.qGradient());
    int at =
        t.operands(
            dLogits,
            dq,
            l.place(op.inputGradient()),
            l.shared(op.lmHead()),
            l.shared(op.qWeight()),
            new Place(Place.Kind.SHARED, prefix));
    t.add(
        "headInputGradient",
        t.threads(length, d),
        (graph, name, operands) ->
            graph.task(
                name,
                HeadInputGradientKernel::run,
                t.context,
                operands,
                t.arrays.weights,
                t.arena(),
                at,
                length,
                d,
                vocabulary),
        length,
        d,
        prefix,
        vocabulary);
    Products.gradient(
        t,
        dLogits,
        rows(input, prefix * d),
        l.shared(op.lmHead()),
        new Walk(vocabulary, d, tokens, 1, vocabulary, d),
        1);
    Products.gradient(t, dq, input, l.shared(op.qWeight()), new Walk(2, d, 1, 1, 2, d), 1);
    int bias = t.operands(dq, l.shared(op.qBias()));
    t.add(
        "biasGradient",
        2,
        (graph, name, operands) ->
            graph.task(
                name,
                BiasGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                bias),
        bias);
  }

  static void loss(Loss op, Lowered l, Tasks t) {
    int tokens = op.logits().shape().dim(0);
    int vocabulary = op.logits().shape().dim(1);
    int record = Inputs.record(tokens);
    Place positions = t.scratch(2 * tokens);
    int at = t.operands(l.place(op.logits()), l.place(op.logitsGradient()), positions);
    t.add(
        "tokenLoss",
        t.threads(tokens),
        (graph, name, operands) ->
            graph.task(
                name,
                TokenLossKernel::run,
                t.context,
                operands,
                t.arrays.inputs,
                t.arrays.scalars,
                t.arena(),
                at,
                tokens,
                vocabulary,
                record),
        tokens,
        vocabulary);
    int sequence = t.operands(positions, l.place(op.q()), l.place(op.qGradient()));
    int continues = op.nextQ() == null ? 0 : 1;
    if (op.nextQ() != null) {
      t.operand(l.place(op.nextQ()));
    }
    t.add(
        "sequenceLoss",
        t.threads(1),
        (graph, name, operands) ->
            graph.task(
                name,
                SequenceLossKernel::run,
                t.context,
                operands,
                t.arrays.inputs,
                t.arrays.scalars,
                t.arena(),
                t.arrays.reports,
                sequence,
                tokens,
                continues,
                record),
        tokens,
        continues);
  }

  private static Place rows(Place input, int offset) {
    return new Place(input.kind(), input.offset() + offset);
  }
}
