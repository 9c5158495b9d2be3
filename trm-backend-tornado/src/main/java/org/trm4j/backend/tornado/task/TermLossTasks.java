package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.term.BinaryLossKernel;
import org.trm4j.backend.tornado.kernel.term.ClassLossKernel;
import org.trm4j.backend.tornado.kernel.term.LossSumKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.task.Objective;

/** {@link TermLoss}. */
final class TermLossTasks {
  private TermLossTasks() {}

  static void loss(TermLoss op, TaskContext l, Tasks t) {
    int rows = op.logits().shape().dim(0);
    OperandLocation losses = t.scratch(rows);
    int at =
        t.operands(
            l.locate(op.logits()),
            l.locate(op.target()),
            l.locate(op.weight()),
            l.locate(op.gradient()),
            losses);
    t.numbers(
        rows, op.logits().shape().dim(1), op.kind() == Objective.Term.LossKind.STABLE_MAX ? 1 : 0);
    if (op.kind() == Objective.Term.LossKind.BINARY) {
      binary(op, t, at, rows);
    } else {
      classes(op, t, at, rows);
    }
    int sum = t.operands(losses, l.locate(op.loss()));
    t.numbers(rows);
    t.add(
        "lossSum",
        new Tasks.Range(t.places, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name, LossSumKernel::run, t.context, operands, t.arrays.active, t.arena(), sum),
        sum);
  }

  private static void classes(TermLoss op, Tasks t, int at, int rows) {
    t.add(
        "classLoss",
        t.range(rows),
        (graph, name, operands) ->
            graph.task(
                name,
                ClassLossKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.scalars,
                t.arena(),
                at,
                op.share()),
        at,
        op.share());
  }

  private static void binary(TermLoss op, Tasks t, int at, int rows) {
    t.add(
        "binaryLoss",
        t.range(rows),
        (graph, name, operands) ->
            graph.task(
                name,
                BinaryLossKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.scalars,
                t.arena(),
                at,
                op.positive(),
                op.negative(),
                op.share()),
        at,
        op.positive(),
        op.negative(),
        op.share());
  }
}
