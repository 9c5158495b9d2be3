package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.SwiGluGradientKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Matrix;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.SwiGlu;

/** {@link SwiGlu} and its gradient. */
final class SwiGluTasks {
  private SwiGluTasks() {}

  static void forward(SwiGlu op, TaskContext l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Matrix product =
        l.products()
            .gatedFactor(
                t,
                l.arena(t, op.input()),
                l.transposed(t, op.gateUp()),
                new Walk(rows, inner, d, d, 1, 2 * inner),
                0,
                inner,
                true);
    new Sublayer(op.input(), op.output(), op.down())
        .close(t, l, product, op.inverseRms(), op.epsilon());
  }

  static void backward(SwiGlu.Backward op, TaskContext l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    OperandLocation both = t.scratch(Math.multiplyExact(rows, 2 * inner));
    OperandLocation product = t.scratch(Math.multiplyExact(rows, inner));
    l.products()
        .product(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.gateUp()),
            both,
            new Walk(rows, 2 * inner, d, d, 1, 2 * inner));
    Sublayer sublayer = new Sublayer(op.input(), op.output(), op.down());
    OperandLocation du = sublayer.gradient(t, l, op.inverseRms(), op.outputGradient(), product);
    gate(t, both, product, rows, inner);
    sublayer.ofLast(t, l, du, product);
    sublayer.ofFirst(t, l, op.gateUp(), both, du, op.inputGradient());
  }

  /** Adds the gradient of {@code silu(gate) * up}; see {@link SwiGluGradientKernel}. */
  static void gate(Tasks t, OperandLocation both, OperandLocation product, int blocks, int block) {
    int at = t.operands(both, product);
    t.numbers(block);
    t.add(
        "swiGluGradient",
        t.range(Math.ceilDiv(block, SwiGluGradientKernel.EACH), blocks),
        (graph, name, operands) ->
            graph.task(
                name,
                SwiGluGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at),
        at);
  }
}
