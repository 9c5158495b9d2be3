package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.term.ExactRowsKernel;
import org.trm4j.backend.tornado.kernel.term.ExactTargetKernel;
import org.trm4j.backend.tornado.kernel.term.NextStepTargetKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.TermLoss.ExactTarget;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;

/** {@link ExactTarget} and {@link NextStepTarget}. */
final class TargetTasks {
  private TargetTasks() {}

  static void exact(ExactTarget op, TaskContext l, Tasks t) {
    int rows = op.logits().shape().dim(0);
    OperandLocation wrong = t.scratch(rows);
    int at = t.operands(l.locate(op.logits()), l.locate(op.classes()), wrong);
    t.numbers(rows, op.logits().shape().dim(1));
    t.add(
        "exactRows",
        t.range(rows),
        (graph, name, operands) ->
            graph.task(
                name, ExactRowsKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
    int all = t.operands(wrong, l.locate(op.target()));
    t.numbers(rows);
    t.add(
        "exactTarget",
        new Tasks.Range(t.places, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name, ExactTargetKernel::run, t.context, operands, t.arrays.active, t.arena(), all),
        all);
  }

  static void nextStep(NextStepTarget op, TaskContext l, Tasks t) {
    int at = t.operands(l.locate(op.target()), l.locate(op.last()));
    t.numbers(op.logits().size(), SlotRecord.record(l.config().seqLen()));
    for (Buffer logit : op.logits()) {
      t.operand(l.locate(logit));
    }
    t.add(
        "nextStepTarget",
        new Tasks.Range(t.places, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                NextStepTargetKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.inputs,
                t.arena(),
                at),
        at);
  }
}
