package org.trm4j.backend.tornado;

import org.trm4j.backend.tornado.NormTasks.Vectors;
import org.trm4j.backend.tornado.Products.Walk;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;

/** {@link SelfAttention} and its gradient, with the scores of all pairs in memory. */
final class AttentionTasks {
  private AttentionTasks() {}

  static void forward(SelfAttention op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    Place qkv = t.scratch(Math.multiplyExact(length, 3 * d));
    Place scores = t.scratch(shape.scores());
    Place attended =
        op.saved() == null
            ? t.scratch(Math.multiplyExact(length, d))
            : l.place(op.saved().attended());
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
        t, scores, op.saved() == null ? null : l.place(op.saved().logSumExp()), shape);
    AttentionKernels.attend(
        t, scores, AttentionShape.part(qkv, 2 * d), 3 * d, attended, d, shape, false);
    Place output = l.place(op.output());
    l.products()
        .product(
            t,
            Lowered.arena(t, attended),
            l.transposed(t, op.out()),
            output,
            l.place(op.input()),
            new Walk(length, d, d, d, 1, d));
    Place factors = op.saved() == null ? null : l.place(op.saved().inverseRms());
    NormTasks.forward(t, output, factors, Vectors.rows(length, d), op.epsilon());
  }

  static void backward(SelfAttentionBackward op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    Place du = t.scratch(Math.multiplyExact(length, d));
    Place qkv = t.scratch(Math.multiplyExact(length, 3 * d));
    Place scores = t.scratch(shape.scores());
    Place dAttended = t.scratch(Math.multiplyExact(length, d));
    Place dQkv = t.scratch(Math.multiplyExact(length, 3 * d));
    Place dots = t.scratch(Math.multiplyExact(heads, length));
    Place attended = l.place(op.saved().attended());
    NormTasks.backward(
        t,
        l.place(op.output()),
        l.place(op.saved().inverseRms()),
        l.place(op.outputGradient()),
        du,
        Vectors.rows(length, d));
    l.products()
        .product(
            t,
            Lowered.arena(t, du),
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
    AttentionKernels.weights(t, scores, l.place(op.saved().logSumExp()), shape);
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
            l.place(op.input()),
            l.shared(op.qkv()),
            new Walk(3 * d, d, length, 1, 3 * d, d),
            1);
    l.products()
        .product(
            t,
            Lowered.arena(t, dQkv),
            l.weight(t, op.qkv()),
            l.place(op.inputGradient()),
            du,
            new Walk(length, d, 3 * d, 3 * d, 1, d));
  }
}
