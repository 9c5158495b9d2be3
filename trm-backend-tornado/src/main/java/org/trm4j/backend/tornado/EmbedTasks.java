package org.trm4j.backend.tornado;

import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Sum;

/** {@link Embed}, its gradient, and {@link Sum}. */
final class EmbedTasks {
  private EmbedTasks() {}

  static void forward(Embed op, Lowered l, Tasks t) {
    int length = op.output().shape().dim(0);
    int width = op.output().shape().dim(1);
    int tokens = l.config().seqLen();
    int positions = op.positionTable() == null ? 0 : 1;
    int puzzleWidth = width(op.puzzleTable());
    int at =
        t.operands(
            l.place(op.output()),
            l.shared(op.tokenTable()),
            new Place(Place.Kind.SHARED, length - tokens),
            new Place(Place.Kind.SHARED, puzzleWidth));
    if (op.positionTable() != null) {
      t.operand(l.shared(op.positionTable()));
    }
    t.add(
        "embed",
        t.threads(length, width),
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
                length,
                width,
                positions,
                Inputs.record(tokens),
                op.scale()),
        length,
        width,
        tokens,
        puzzleWidth,
        positions,
        op.scale());
  }

  static void backward(EmbedBackward op, Lowered l, Tasks t) {
    int length = op.outputGradient().shape().dim(0);
    int width = op.outputGradient().shape().dim(1);
    int tokens = l.config().seqLen();
    int vocabulary = op.tokenTable().shape().dim(0);
    Place gradient = l.place(op.outputGradient());
    int table = t.operands(gradient, l.shared(op.tokenTable()));
    t.add(
        "tokenTableGradient",
        Math.multiplyExact(vocabulary, width),
        (graph, name, operands) ->
            graph.task(
                name,
                TokenTableGradientKernel::run,
                t.context,
                operands,
                t.arrays.inputs,
                t.arena(),
                t.arrays.gradients,
                table,
                vocabulary,
                width,
                length - tokens,
                tokens,
                Inputs.record(tokens),
                op.scale()),
        length,
        width,
        tokens,
        vocabulary,
        op.scale());
    if (op.positionTable() != null) {
      positions(t, gradient, l.shared(op.positionTable()), length * width, op.scale());
    }
    if (op.puzzleTable() != null) {
      puzzles(t, gradient, width(op.puzzleTable()), op.scale());
    }
  }

  private static void positions(Tasks t, Place gradient, Place table, int n, float scale) {
    int at = t.operands(gradient, table);
    t.add(
        "positionGradient",
        n,
        (graph, name, operands) ->
            graph.task(
                name,
                PositionGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.gradients,
                at,
                n,
                scale),
        at,
        n,
        scale);
  }

  private static void puzzles(Tasks t, Place gradient, int width, float scale) {
    int at = t.operand(gradient);
    t.add(
        "puzzleGradient",
        t.threads(width),
        (graph, name, operands) ->
            graph.task(
                name,
                PuzzleGradientKernel::run,
                t.context,
                operands,
                t.arena(),
                t.arrays.puzzleGradients,
                at,
                width,
                scale),
        at,
        width,
        scale);
  }

  static void sum(Sum op, Lowered l, Tasks t) {
    int n = op.output().shape().intSize();
    int at = t.operand(l.place(op.output()));
    op.inputs().forEach(input -> t.operand(l.place(input)));
    int inputs = op.inputs().size();
    t.add(
        "sum",
        t.threads(n),
        (graph, name, operands) ->
            graph.task(
                name,
                SumKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                n,
                inputs),
        n,
        inputs);
  }

  private static int width(@Nullable ParameterSpec puzzleTable) {
    return puzzleTable == null ? 0 : puzzleTable.shape().dim(1);
  }
}
