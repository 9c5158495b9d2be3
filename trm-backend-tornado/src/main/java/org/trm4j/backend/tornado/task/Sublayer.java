package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Matrix;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.backend.tornado.task.NormTasks.Vectors;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * What sublayers on rows have in common: {@code output = norm(input + x W^T)}, with x made from the
 * product of the input and a first weight.
 *
 * @param input [L, D]
 * @param output [L, D]
 * @param last W, [D, width of x]
 */
record Sublayer(Buffer input, Buffer output, ParameterSpec last) {
  private int rows() {
    return input.shape().dim(0);
  }

  private int width() {
    return input.shape().dim(1);
  }

  private int inner() {
    return last.shape().dim(1);
  }

  /** Adds the last product, the residual and the norm. */
  void close(Tasks t, TaskContext l, Matrix x, @Nullable Buffer inverseRms, float epsilon) {
    OperandLocation to = l.locate(output);
    l.products()
        .product(
            t,
            x,
            l.transposed(t, last),
            to,
            l.locate(input),
            new Walk(rows(), width(), inner(), inner(), 1, width()));
    OperandLocation factors = inverseRms == null ? null : l.locate(inverseRms);
    NormTasks.forward(t, l.kernels(), to, factors, Vectors.rows(rows(), width()), epsilon);
  }

  /** Adds the gradient of x; returns the location of the gradient of the sum under the norm. */
  OperandLocation gradient(
      Tasks t, TaskContext l, Buffer inverseRms, Buffer outputGradient, OperandLocation dx) {
    OperandLocation du = t.scratch(Math.multiplyExact(rows(), width()));
    NormTasks.backward(
        t,
        l.kernels(),
        l.locate(output),
        l.locate(inverseRms),
        l.locate(outputGradient),
        du,
        Vectors.rows(rows(), width()));
    l.products()
        .product(
            t,
            TaskContext.arena(t, du),
            l.weight(t, last),
            dx,
            new Walk(rows(), inner(), width(), width(), 1, inner()));
    return du;
  }

  /** Adds the gradient of the last weight. */
  void ofLast(Tasks t, TaskContext l, OperandLocation du, OperandLocation x) {
    Walk walk = new Walk(width(), inner(), rows(), 1, width(), inner());
    l.products().gradient(t, du, x, l.shared(last), walk, 1);
  }

  /** Adds the gradients of the first weight, and of the input through both paths. */
  void ofFirst(
      Tasks t,
      TaskContext l,
      ParameterSpec first,
      OperandLocation dFirst,
      OperandLocation du,
      Buffer inputGradient) {
    int wide = first.shape().dim(0);
    Walk weight = new Walk(wide, width(), rows(), 1, wide, width());
    l.products().gradient(t, dFirst, l.locate(input), l.shared(first), weight, 1);
    l.products()
        .product(
            t,
            TaskContext.arena(t, dFirst),
            l.weight(t, first),
            l.locate(inputGradient),
            du,
            new Walk(rows(), width(), wide, wide, 1, width()));
  }
}
