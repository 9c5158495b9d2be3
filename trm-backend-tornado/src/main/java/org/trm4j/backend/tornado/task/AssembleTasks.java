package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.term.AssembleKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.Assemble;

/** {@link Assemble} and its gradient. */
final class AssembleTasks {
  private AssembleTasks() {}

  static void forward(Assemble op, TaskContext l, Tasks t) {
    int length = op.output().shape().dim(0);
    int width = op.output().shape().dim(1);
    OperandLocation none = OperandLocation.number(0);
    int at =
        t.operands(
            l.locate(op.rows()),
            l.locate(op.output()),
            op.prefix() == null ? none : l.shared(op.prefix()),
            op.positions() == null ? none : l.shared(op.positions()));
    t.numbers(length - op.rows().shape().dim(0), width);
    t.numbers(op.prefix() == null ? 0 : 1, op.positions() == null ? 0 : 1);
    t.add(
        "assemble",
        t.range(width, length),
        (graph, name, operands) ->
            graph.task(
                name,
                AssembleKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.weights,
                t.arena(),
                at,
                op.scale()),
        at,
        op.scale());
  }

  static void backward(Assemble.Backward op, TaskContext l, Tasks t) {
    int n = op.outputGradient().shape().intSize();
    int ofRows = op.rowsGradient().shape().intSize();
    OperandLocation gradient = l.locate(op.outputGradient());
    OperandLocation rest = gradient.plus(n - ofRows);
    StateTasks.scale(t, rest, l.locate(op.rowsGradient()), ofRows, op.scale());
    if (op.prefix() != null) {
      EmbedTasks.positions(t, gradient, l.shared(op.prefix()), n - ofRows, op.scale());
    }
    if (op.positions() != null) {
      EmbedTasks.positions(t, gradient, l.shared(op.positions()), n, op.scale());
    }
  }
}
