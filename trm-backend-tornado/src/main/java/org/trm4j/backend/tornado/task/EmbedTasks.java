package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.backend.tornado.kernel.SumKernel;
import org.trm4j.backend.tornado.kernel.embedding.EmbedKernel;
import org.trm4j.backend.tornado.kernel.embedding.PositionGradientKernel;
import org.trm4j.backend.tornado.kernel.embedding.PuzzleGradientKernel;
import org.trm4j.backend.tornado.kernel.embedding.TokenTableGradientKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.Sum;

/** {@link Embed}, its gradient, and {@link Sum}. */
final class EmbedTasks {
  private EmbedTasks() {}

  static void forward(Embed op, TaskContext l, Tasks t) {
    int length = op.output().shape().dim(0);
    int width = op.output().shape().dim(1);
    int tokens = l.config().seqLen();
    OperandLocation table = l.shared(op.tokenTable());
    int at =
        t.operands(
            l.locate(op.output()),
            table,
            op.positionTable() == null ? table : l.shared(op.positionTable()));
    t.numbers(length - tokens, width(op.puzzleTable()), width, SlotRecord.record(tokens));
    t.numbers(op.positionTable() == null ? 0 : 1);
    t.add(
        "embed",
        t.range(width, length),
        (graph, name, operands) ->
            graph.task(
                name,
                EmbedKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.inputs,
                t.arrays.weights,
                t.arrays.puzzles,
                t.arena(),
                at,
                op.scale()),
        at,
        op.scale());
  }

  static void backward(Embed.Backward op, TaskContext l, Tasks t) {
    int length = op.outputGradient().shape().dim(0);
    int width = op.outputGradient().shape().dim(1);
    int tokens = l.config().seqLen();
    OperandLocation gradient = l.locate(op.outputGradient());
    int at = t.operands(gradient, l.shared(op.tokenTable()));
    t.numbers(width, length - tokens, tokens, SlotRecord.record(tokens));
    t.add(
        "tokenTableGradient",
        new Tasks.Range(width, op.tokenTable().shape().dim(0), 1),
        (graph, name, operands) ->
            graph.task(
                name,
                TokenTableGradientKernel::run,
                t.context,
                operands,
                t.arrays.inputs,
                t.arena(),
                t.arrays.gradients,
                at,
                op.scale()),
        at,
        op.scale());
    if (op.positionTable() != null) {
      positions(t, gradient, l.shared(op.positionTable()), length * width, op.scale());
    }
    if (op.puzzleTable() != null) {
      puzzles(t, gradient, width(op.puzzleTable()), op.scale());
    }
  }

  /** Adds the gradient of a table whose rows are added by position. */
  static void positions(
      Tasks t, OperandLocation gradient, OperandLocation table, int n, float scale) {
    int at = t.operands(gradient, table);
    t.numbers(n);
    t.add(
        "positionGradient",
        new Tasks.Range(n, 1, 1),
        (graph, name, operands) ->
            graph.task(
                name,
                PositionGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at,
                scale),
        at,
        scale);
  }

  private static void puzzles(Tasks t, OperandLocation gradient, int width, float scale) {
    int at = t.operand(gradient);
    t.numbers(width);
    t.add(
        "puzzleGradient",
        t.range(width),
        (graph, name, operands) ->
            graph.task(
                name,
                PuzzleGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.puzzleGradients,
                at,
                scale),
        at,
        scale);
  }

  static void sum(Sum op, TaskContext l, Tasks t) {
    int n = op.output().shape().intSize();
    int at =
        t.operands(
            OperandLocation.number(n),
            OperandLocation.number(op.inputs().size()),
            l.locate(op.output()));
    op.inputs().forEach(input -> t.operand(l.locate(input)));
    t.add(
        "sum",
        t.range(n),
        (graph, name, operands) ->
            graph.task(name, SumKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at,
        op.inputs().size());
  }

  private static int width(@Nullable ParameterSpec puzzleTable) {
    return puzzleTable == null ? 0 : puzzleTable.shape().dim(1);
  }
}
