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
      l.products()
          .product(
              t,
              Lowered.arena(t, rows(input, (length - tokens) * d)),
              l.transposed(t, op.lmHead()),
              l.place(op.logits()),
              new Walk(tokens, vocabulary, d, d, 1, vocabulary));
    }
    int at = t.operands(input, l.shared(op.qWeight()), l.shared(op.qBias()), l.place(op.q()));
    t.numbers(d);
    t.add(
        "haltHead",
        t.range(2),
        (graph, name, operands) ->
            graph.task(
                name,
                HaltHeadKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.weights,
                t.arena(),
                at),
        at);
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
            l.shared(op.qWeight()));
    t.numbers(prefix, d, vocabulary);
    t.add(
        "headInputGradient",
        t.range(d, length),
        (graph, name, operands) ->
            graph.task(
                name,
                HeadInputGradientKernel::run,
                t.context,
                operands,
                t.arrays.weights,
                t.arena(),
                at),
        at);
    l.products()
        .gradient(
            t,
            dLogits,
            rows(input, prefix * d),
            l.shared(op.lmHead()),
            new Walk(vocabulary, d, tokens, 1, vocabulary, d),
            1);
    l.products().gradient(t, dq, input, l.shared(op.qWeight()), new Walk(2, d, 1, 1, 2, d), 1);
    int bias = t.operands(dq, l.shared(op.qBias()));
    t.add(
        "biasGradient",
        new Tasks.Range(2, 1, 1),
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
    t.numbers(tokens, vocabulary, record);
    t.add(
        "tokenLoss",
        t.range(tokens),
        (graph, name, operands) ->
            graph.task(
                name,
                TokenLossKernel::run,
                t.context,
                operands,
                t.arrays.inputs,
                t.arrays.scalars,
                t.arena(),
                at),
        at);
    Place q = l.place(op.q());
    int sequence =
        t.operands(
            positions, q, l.place(op.qGradient()), op.nextQ() == null ? q : l.place(op.nextQ()));
    t.numbers(tokens, op.nextQ() == null ? 0 : 1, record);
    t.add(
        "sequenceLoss",
        t.range(1),
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
                sequence),
        sequence);
  }

  private static Place rows(Place input, int offset) {
    return new Place(input.kind(), input.offset() + offset);
  }
}
