package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.kernel.ScaleKernel;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.state.AddNormalsKernel;
import org.trm4j.backend.tornado.kernel.state.MixKernel;
import org.trm4j.backend.tornado.kernel.state.StreamKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.Scale;

/** {@link MixState}, {@link Scale}, and the streams of random draws. */
public final class StateTasks {
  private StateTasks() {}

  static void mix(MixState op, TaskContext l, Tasks t) {
    int n = op.output().shape().intSize();
    OperandLocation output = l.locate(op.output());
    int at = t.operands(l.locate(op.state()), l.locate(op.update()), output);
    t.numbers(n);
    t.add(
        "mix",
        t.range(n),
        (graph, name, operands) ->
            graph.task(
                name,
                MixKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                op.kept(),
                op.lambda()),
        at,
        op.kept(),
        op.lambda());
    if (op.sigma() != 0) {
      stream(t, SlotRecord.record(l.config().seqLen()), op.index(), true);
      noise(t, output, n, op.sigma());
    }
  }

  /** Adds the choice of a draw's stream: a start's, or that of the next noisy update. */
  public static void stream(Tasks t, int record, int state, boolean noisy) {
    int at = t.operand(OperandLocation.number(record));
    t.numbers(state, noisy ? 1 : 0);
    t.add(
        "stream",
        new Tasks.Range(t.places, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                StreamKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.inputs,
                t.arrays.draws,
                at),
        at);
  }

  /** Adds the current draws to a buffer. */
  public static void noise(Tasks t, OperandLocation buffer, int n, float sigma) {
    int at = t.operand(buffer);
    t.numbers(n);
    t.add(
        "addNormals",
        t.range(n),
        (graph, name, operands) ->
            graph.task(
                name,
                AddNormalsKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.draws,
                t.arena(),
                at,
                sigma),
        at,
        sigma);
  }

  static void scale(Scale op, TaskContext l, Tasks t) {
    int n = op.output().shape().intSize();
    scale(t, l.locate(op.input()), l.locate(op.output()), n, op.factor());
  }

  static void scale(Tasks t, OperandLocation from, OperandLocation to, int n, float factor) {
    int at = t.operands(from, to);
    t.numbers(n);
    t.add(
        "scale",
        t.range(n),
        (graph, name, operands) ->
            graph.task(
                name,
                ScaleKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                factor),
        at,
        factor);
  }
}
