package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Matrix;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import org.trm4j.plan.operation.TokenSwiGlu;

/**
 * {@link TokenSwiGlu} and its gradient, without a transpose: weights multiply the buffers from the
 * left.
 */
final class TokenSwiGluTasks {
  private TokenSwiGluTasks() {}

  static void forward(TokenSwiGlu op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    Matrix product =
        l.products()
            .gatedFactor(
                t,
                l.weight(t, op.gateUp()),
                l.arena(t, op.input()),
                new Walk(inner, d, length, length, 1, d),
                inner * length,
                0,
                false);
    OperandLocation output = l.locate(op.output());
    l.products()
        .product(
            t,
            l.weight(t, op.down()),
            product,
            output,
            l.locate(op.input()),
            new Walk(length, d, inner, inner, 1, d));
    OperandLocation factors = op.inverseRms() == null ? null : l.locate(op.inverseRms());
    NormTasks.forward(t, l.kernels(), output, factors, Vectors.columns(length, d), op.epsilon());
  }

  static void backward(TokenSwiGlu.Backward op, TaskContext l, Tasks t) {
    int length = op.input().shape().dim(0);
    int d = op.input().shape().dim(1);
    int inner = op.down().shape().dim(1);
    OperandLocation du = t.scratch(Math.multiplyExact(length, d));
    OperandLocation both = t.scratch(Math.multiplyExact(2 * inner, d));
    OperandLocation product = t.scratch(Math.multiplyExact(inner, d));
    OperandLocation input = l.locate(op.input());
    NormTasks.backward(
        t,
        l.kernels(),
        l.locate(op.output()),
        l.locate(op.inverseRms()),
        l.locate(op.outputGradient()),
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
            TaskContext.arena(t, du),
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
            TaskContext.arena(t, both),
            l.locate(op.inputGradient()),
            du,
            new Walk(length, d, 2 * inner, 1, length, d));
  }
}
