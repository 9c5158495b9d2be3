package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.SwiGluGradientKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;

/** {@link SwiGlu} and its gradient. */
final class SwiGluTasks {
  private SwiGluTasks() {}

  static void forward(SwiGlu op, TaskContext l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    OperandLocation product = t.scratch(Math.multiplyExact(rows, inner));
    l.products()
        .gated(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.gateUp()),
            product,
            new Walk(rows, inner, d, d, 1, 2 * inner),
            0,
            inner);
    OperandLocation output = l.locate(op.output());
    l.products()
        .product(
            t,
            TaskContext.arena(t, product),
            l.transposed(t, op.down()),
            output,
            l.locate(op.input()),
            new Walk(rows, d, inner, inner, 1, d));
    OperandLocation factors = op.inverseRms() == null ? null : l.locate(op.inverseRms());
    NormTasks.forward(t, output, factors, Vectors.rows(rows, d), op.epsilon());
  }

  static void backward(SwiGluBackward op, TaskContext l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    OperandLocation du = t.scratch(Math.multiplyExact(rows, d));
    OperandLocation both = t.scratch(Math.multiplyExact(rows, 2 * inner));
    OperandLocation product = t.scratch(Math.multiplyExact(rows, inner));
    OperandLocation input = l.locate(op.input());
    NormTasks.backward(
        t,
        l.locate(op.output()),
        l.locate(op.inverseRms()),
        l.locate(op.outputGradient()),
        du,
        Vectors.rows(rows, d));
    l.products()
        .product(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.gateUp()),
            both,
            new Walk(rows, 2 * inner, d, d, 1, 2 * inner));
    l.products()
        .product(
            t,
            TaskContext.arena(t, du),
            l.weight(t, op.down()),
            product,
            new Walk(rows, inner, d, d, 1, inner));
    gate(t, both, product, rows, inner);
    l.products()
        .gradient(t, du, product, l.shared(op.down()), new Walk(d, inner, rows, 1, d, inner), 1);
    l.products()
        .gradient(
            t,
            both,
            input,
            l.shared(op.gateUp()),
            new Walk(2 * inner, d, rows, 1, 2 * inner, d),
            1);
    l.products()
        .product(
            t,
            TaskContext.arena(t, both),
            l.weight(t, op.gateUp()),
            l.locate(op.inputGradient()),
            du,
            new Walk(rows, d, 2 * inner, 2 * inner, 1, d));
  }

  /** Adds the gradient of {@code silu(gate) * up}; see {@link SwiGluGradientKernel}. */
  static void gate(Tasks t, OperandLocation both, OperandLocation product, int blocks, int block) {
    int at = t.operands(both, product);
    t.numbers(block);
    t.add(
        "swiGluGradient",
        t.range(block, blocks),
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
