package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.SelfAttention;

/** {@link SelfAttention} and its gradient. */
final class AttentionTasks {
  private AttentionTasks() {}

  static void forward(SelfAttention op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    OperandLocation qkv = t.scratch(Math.multiplyExact(length, 3 * d));
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
    OperandLocation logSumExp = op.saved() == null ? null : l.locate(op.saved().logSumExp());
    if (tiled(l)) {
      TiledAttention.forward(t, qkv, attended, logSumExp, shape);
    } else {
      PlainAttention.forward(t, qkv, attended, logSumExp, shape);
    }
    Buffer inverseRms = op.saved() == null ? null : op.saved().inverseRms();
    new Sublayer(op.input(), op.output(), op.out())
        .close(t, l, TaskContext.arena(t, attended), inverseRms, op.epsilon());
  }

  private static boolean tiled(TaskContext l) {
    return l.kernels().attention() == KernelChoice.Attention.TILED;
  }

  static void backward(SelfAttention.Backward op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int heads = op.heads();
    AttentionShape shape = new AttentionShape(heads, length, d / heads);
    OperandLocation qkv = t.scratch(Math.multiplyExact(length, 3 * d));
    OperandLocation dAttended = t.scratch(Math.multiplyExact(length, d));
    OperandLocation dQkv = t.scratch(Math.multiplyExact(length, 3 * d));
    OperandLocation dots = t.scratch(Math.multiplyExact(heads, length));
    OperandLocation attended = l.locate(op.saved().attended());
    Sublayer sublayer = new Sublayer(op.input(), op.output(), op.out());
    OperandLocation du =
        sublayer.gradient(t, l, op.saved().inverseRms(), op.outputGradient(), dAttended);
    sublayer.ofLast(t, l, du, attended);
    l.products()
        .product(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.qkv()),
            qkv,
            new Walk(length, 3 * d, d, d, 1, 3 * d));
    AttentionKernels.rotate(t, qkv, l, op.rotaryBase(), shape, 1f);
    AttentionKernels.dots(t, attended, dAttended, dots, shape);
    OperandLocation logSumExp = l.locate(op.saved().logSumExp());
    if (tiled(l)) {
      TiledAttention.backward(t, qkv, dAttended, dots, logSumExp, dQkv, shape);
    } else {
      PlainAttention.backward(t, qkv, dAttended, dots, logSumExp, dQkv, shape);
    }
    AttentionKernels.rotate(t, dQkv, l, op.rotaryBase(), shape, -1f);
    sublayer.ofFirst(t, l, op.qkv(), dQkv, du, op.inputGradient());
  }
}
