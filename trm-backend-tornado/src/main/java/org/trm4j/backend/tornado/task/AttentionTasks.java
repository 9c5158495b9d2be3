package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;

/** {@link SelfAttention} and its gradient, with the scores of all pairs in memory. */
final class AttentionTasks {
  private AttentionTasks() {}

  static void forward(SelfAttention op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    OperandLocation qkv = t.scratch(Math.multiplyExact(length, 3 * d));
    OperandLocation scores = t.scratch(shape.scores());
    OperandLocation attended =
        op.saved() == null
            ? t.scratch(Math.multiplyExact(length, d))
            : l.locate(op.saved().attended());
    l.products()
        .product(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.qkv()),
            qkv,
            new Walk(length, 3 * d, d, d, 1, 3 * d));
    AttentionKernels.rotate(t, qkv, l, op.rotaryBase(), shape, 1f);
    AttentionKernels.scores(t, qkv, scores, shape);
    AttentionKernels.softmax(
        t, scores, op.saved() == null ? null : l.locate(op.saved().logSumExp()), shape);
    AttentionKernels.attend(
        t, scores, AttentionShape.part(qkv, 2 * d), 3 * d, attended, d, shape, false);
    OperandLocation output = l.locate(op.output());
    l.products()
        .product(
            t,
            TaskContext.arena(t, attended),
            l.transposed(t, op.out()),
            output,
            l.locate(op.input()),
            new Walk(length, d, d, d, 1, d));
    OperandLocation factors = op.saved() == null ? null : l.locate(op.saved().inverseRms());
    NormTasks.forward(t, output, factors, Vectors.rows(length, d), op.epsilon());
  }

  static void backward(SelfAttentionBackward op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    OperandLocation du = t.scratch(Math.multiplyExact(length, d));
    OperandLocation qkv = t.scratch(Math.multiplyExact(length, 3 * d));
    OperandLocation scores = t.scratch(shape.scores());
    OperandLocation dAttended = t.scratch(Math.multiplyExact(length, d));
    OperandLocation dQkv = t.scratch(Math.multiplyExact(length, 3 * d));
    OperandLocation dots = t.scratch(Math.multiplyExact(heads, length));
    OperandLocation attended = l.locate(op.saved().attended());
    NormTasks.backward(
        t,
        l.locate(op.output()),
        l.locate(op.saved().inverseRms()),
        l.locate(op.outputGradient()),
        du,
        Vectors.rows(length, d));
    l.products()
        .product(
            t,
            TaskContext.arena(t, du),
            l.weight(t, op.out()),
            dAttended,
            new Walk(length, d, d, d, 1, d));
    l.products().gradient(t, du, attended, l.shared(op.out()), new Walk(d, d, length, 1, d, d), 1);
    l.products()
        .product(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.qkv()),
            qkv,
            new Walk(length, 3 * d, d, d, 1, 3 * d));
    AttentionKernels.rotate(t, qkv, l, op.rotaryBase(), shape, 1f);
    AttentionKernels.scores(t, qkv, scores, shape);
    AttentionKernels.weights(t, scores, l.locate(op.saved().logSumExp()), shape);
    AttentionKernels.attend(
        t, scores, dAttended, d, AttentionShape.part(dQkv, 2 * d), 3 * d, shape, true);
    AttentionKernels.dots(t, attended, dAttended, dots, shape);
    AttentionKernels.scoreGradients(
        t, scores, AttentionShape.part(qkv, 2 * d), dAttended, dots, shape);
    AttentionKernels.attend(
        t, scores, AttentionShape.part(qkv, d), 3 * d, dQkv, 3 * d, shape, false);
    AttentionKernels.attend(
        t, scores, qkv, 3 * d, AttentionShape.part(dQkv, d), 3 * d, shape, true);
    AttentionKernels.rotate(t, dQkv, l, op.rotaryBase(), shape, -1f);
    l.products()
        .gradient(
            t,
            dQkv,
            l.locate(op.input()),
            l.shared(op.qkv()),
            new Walk(3 * d, d, length, 1, 3 * d, d),
            1);
    l.products()
        .product(
            t,
            TaskContext.arena(t, dQkv),
            l.weight(t, op.qkv()),
            l.locate(op.inputGradient()),
            du,
            new Walk(length, d, 3 * d, 3 * d, 1, d));
  }
}
