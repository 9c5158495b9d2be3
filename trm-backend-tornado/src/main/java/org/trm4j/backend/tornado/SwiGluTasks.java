package org.trm4j.backend.tornado;

import org.trm4j.backend.tornado.NormTasks.Vectors;
import org.trm4j.backend.tornado.Products.Walk;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;

/** {@link SwiGlu} and its gradient. */
final class SwiGluTasks {
  private SwiGluTasks() {}

  static void forward(SwiGlu op, Lowered l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Place product = t.scratch(Math.multiplyExact(rows, inner));
    l.products()
        .gated(
            t,
            l.arena(t, op.input()),
            l.transposed(t, op.gateUp()),
            product,
            new Walk(rows, inner, d, d, 1, 2 * inner),
            0,
            inner);
    Place output = l.place(op.output());
    l.products()
        .product(
            t,
            Lowered.arena(t, product),
            l.transposed(t, op.down()),
            output,
            l.place(op.input()),
            new Walk(rows, d, inner, inner, 1, d));
    Place factors = op.inverseRms() == null ? null : l.place(op.inverseRms());
    NormTasks.forward(t, output, factors, Vectors.rows(rows, d), op.epsilon());
  }

  static void backward(SwiGluBackward op, Lowered l, Tasks t) {
    int rows = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Place du = t.scratch(Math.multiplyExact(rows, d));
    Place both = t.scratch(Math.multiplyExact(rows, 2 * inner));
    Place product = t.scratch(Math.multiplyExact(rows, inner));
    Place input = l.place(op.input());
    NormTasks.backward(
        t,
        l.place(op.output()),
        l.place(op.inverseRms()),
        l.place(op.outputGradient()),
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
            Lowered.arena(t, du),
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
            Lowered.arena(t, both),
            l.weight(t, op.gateUp()),
            l.place(op.inputGradient()),
            du,
            new Walk(rows, d, 2 * inner, 2 * inner, 1, d));
  }

  /** Adds the gradient of {@code silu(gate) * up}; see {@link SwiGluGradientKernel}. */
  static void gate(Tasks t, Place both, Place product, int blocks, int block) {
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
