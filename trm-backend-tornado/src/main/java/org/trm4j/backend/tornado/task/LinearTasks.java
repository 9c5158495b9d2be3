package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.term.AddBiasKernel;
import org.trm4j.backend.tornado.kernel.term.MeanRowsKernel;
import org.trm4j.backend.tornado.kernel.term.SpreadRowsKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Products.Walk;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Linear;

/** {@link Linear} and its gradient. */
final class LinearTasks {
  private LinearTasks() {}

  static void forward(Linear op, TaskContext l, Tasks t) {
    int in = op.input().shape().dim(1);
    int rows = op.output().shape().dim(0);
    int out = op.output().shape().dim(1);
    OperandLocation read = l.locate(op.input()).plus(op.from() * in);
    OperandLocation output = l.locate(op.output());
    l.products()
        .product(
            t,
            TaskContext.arena(t, op.mean() ? mean(t, read, op.rowsRead(), in) : read),
            l.transposed(t, op.weight()),
            output,
            new Walk(rows, out, in, in, 1, out));
    @Nullable ParameterSpec bias = op.bias();
    if (bias != null) {
      int at = t.operands(output, l.shared(bias));
      t.numbers(rows * out, out);
      t.add(
          "addBias",
          t.range(rows * out),
          (graph, name, operands) ->
              graph.task(
                  name,
                  AddBiasKernel::run,
                  t.context,
                  operands,
                  t.arrays.active,
                  t.arrays.weights,
                  t.arena(),
                  at),
          at);
    }
  }

  /** Adds the mean of rows; returns its location. */
  private static OperandLocation mean(Tasks t, OperandLocation rows, int count, int width) {
    OperandLocation mean = t.scratch(width);
    int at = t.operands(rows, mean);
    t.numbers(count, width);
    t.add(
        "meanRows",
        t.range(width),
        (graph, name, operands) ->
            graph.task(
                name, MeanRowsKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
    return mean;
  }

  static void backward(Linear.Backward op, TaskContext l, Tasks t) {
    int in = op.input().shape().dim(1);
    int rows = op.outputGradient().shape().dim(0);
    int out = op.outputGradient().shape().dim(1);
    OperandLocation gradient = l.locate(op.outputGradient());
    OperandLocation read = l.locate(op.input()).plus(op.from() * in);
    OperandLocation factor = op.mean() ? mean(t, read, op.rowsRead(), in) : read;
    l.products()
        .gradient(
            t, gradient, factor, l.shared(op.weight()), new Walk(out, in, rows, 1, out, in), 1);
    @Nullable ParameterSpec bias = op.bias();
    if (bias != null) {
      HeadTasks.biasGradient(t, gradient, l.shared(bias), rows, out);
    }
    if (op.inputGradient() != null) {
      OperandLocation ofRows = t.scratch(rows * in);
      l.products()
          .product(
              t,
              TaskContext.arena(t, gradient),
              l.weight(t, op.weight()),
              ofRows,
              new Walk(rows, in, out, out, 1, in));
      spread(t, ofRows, l.locate(op.inputGradient()), op, in);
    }
  }

  private static void spread(
      Tasks t, OperandLocation from, OperandLocation to, Linear.Backward op, int width) {
    int at = t.operands(from, to);
    t.numbers(op.from(), op.rowsRead(), width, op.mean() ? op.rowsRead() : 1);
    t.add(
        "spreadRows",
        t.range(width, op.input().shape().dim(0)),
        (graph, name, operands) ->
            graph.task(
                name, SpreadRowsKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
  }
}
