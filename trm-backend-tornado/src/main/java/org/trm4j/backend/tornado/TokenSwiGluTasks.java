package org.trm4j.backend.tornado;

import org.trm4j.backend.tornado.NormTasks.Vectors;
import org.trm4j.backend.tornado.Products.Walk;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/**
 * {@link TokenSwiGlu} and its gradient, without a transpose: weights multiply the buffers from the
 * left.
 */
final class TokenSwiGluTasks {
  private TokenSwiGluTasks() {}

  static void forward(TokenSwiGlu op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Place product = t.scratch(Math.multiplyExact(inner, d));
    l.products()
        .gated(
            t,
            l.weight(t, op.gateUp()),
            l.arena(t, op.input()),
            product,
            new Walk(inner, d, length, length, 1, d),
            inner * length,
            0);
    Place output = l.place(op.output());
    l.products()
        .product(
            t,
            l.weight(t, op.down()),
            Lowered.arena(t, product),
            output,
            l.place(op.input()),
            new Walk(length, d, inner, inner, 1, d));
    Place factors = op.inverseRms() == null ? null : l.place(op.inverseRms());
    NormTasks.forward(t, output, factors, Vectors.columns(length, d), op.epsilon());
  }

  static void backward(TokenSwiGluBackward op, Lowered l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Place du = t.scratch(Math.multiplyExact(length, d));
    Place both = t.scratch(Math.multiplyExact(2 * inner, d));
    Place product = t.scratch(Math.multiplyExact(inner, d));
    Place input = l.place(op.input());
    NormTasks.backward(
        t,
        l.place(op.output()),
        l.place(op.inverseRms()),
        l.place(op.outputGradient()),
        du,
        Vectors.columns(length, d));
    l.products()
        .product(
            t,
            l.weight(t, op.gateUp()),
            l.arena(t, op.input()),
            both,
            new Walk(2 * inner, d, length, length, 1, d));
    l.products()
        .product(
            t,
            l.weight(t, op.down()),
            Lowered.arena(t, du),
            product,
            new Walk(inner, d, length, 1, inner, d));
    SwiGluTasks.gate(t, both, product, 1, Math.multiplyExact(inner, d));
    l.products()
        .gradient(t, du, product, l.shared(op.down()), new Walk(length, inner, d, d, 1, 1), d);
    l.products()
        .gradient(
            t, both, input, l.shared(op.gateUp()), new Walk(2 * inner, length, d, d, 1, 1), d);
    l.products()
        .product(
            t,
            l.weight(t, op.gateUp()),
            Lowered.arena(t, both),
            l.place(op.inputGradient()),
            du,
            new Walk(length, d, 2 * inner, 1, length, d));
  }
}
