package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.head.BiasGradientKernel;
import org.trm4j.backend.tornado.kernel.head.HaltHeadKernel;
import org.trm4j.backend.tornado.kernel.head.HeadInputGradientKernel;
import org.trm4j.backend.tornado.kernel.head.SequenceLossKernel;
import org.trm4j.backend.tornado.kernel.head.TokenLossKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.OutputHeads;

/** {@link OutputHeads}, its gradient, and {@link Loss}. */
final class HeadTasks {
  private HeadTasks() {}

  static void forward(OutputHeads op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int tokens = op.logits().shape().dim(0);
    int vocabulary = op.lmHead().shape().dim(0);
    OperandLocation input = l.locate(op.input());
    if (tokens > 0) {
      l.products()
          .product(
              t,
              TaskContext.arena(t, input.plus((length - tokens) * d)),
              l.transposed(t, op.lmHead()),
              l.locate(op.logits()),
              new Walk(tokens, vocabulary, d, d, 1, vocabulary));
    }
    int at = t.operands(input, l.shared(op.qWeight()), l.shared(op.qBias()), l.locate(op.q()));
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

  static void backward(OutputHeads.Backward op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int tokens = op.logitsGradient().shape().dim(0);
    int vocabulary = op.lmHead().shape().dim(0);
    int prefix = length - tokens;
    OperandLocation input = l.locate(op.input());
    OperandLocation dLogits = l.locate(op.logitsGradient());
    OperandLocation dq = l.locate(op.qGradient());
    int at =
        t.operands(
            dLogits,
            dq,
            l.locate(op.inputGradient()),
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
            input.plus(prefix * d),
            l.shared(op.lmHead()),
            new Walk(vocabulary, d, tokens, 1, vocabulary, d),
            1);
    l.products().gradient(t, dq, input, l.shared(op.qWeight()), new Walk(2, d, 1, 1, 2, d), 1);
    biasGradient(t, dq, l.shared(op.qBias()), 1, 2);
  }

  static void biasGradient(
      Tasks t, OperandLocation gradient, OperandLocation bias, int rows, int outputs) {
    int at = t.operands(gradient, bias);
    t.numbers(rows, outputs);
    t.add(
        "biasGradient",
        new Tasks.Range(outputs, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                BiasGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at),
        at);
  }

  static void loss(Loss op, TaskContext l, Tasks t) {
    int tokens = op.logits().shape().dim(0);
    int vocabulary = op.logits().shape().dim(1);
    int record = SlotRecord.record(tokens);
    OperandLocation positions = t.scratch(2 * tokens);
    int at = t.operands(l.locate(op.logits()), l.locate(op.logitsGradient()), positions);
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
    OperandLocation q = l.locate(op.q());
    int sequence =
        t.operands(
            positions, q, l.locate(op.qGradient()), op.nextQ() == null ? q : l.locate(op.nextQ()));
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
}
