package org.trm4j.backend.tornado;

import org.jspecify.annotations.Nullable;

/** The kernels between the projections of attention. */
final class AttentionKernels {
  private AttentionKernels() {}

  static void rotate(
      Tasks t, Place qkv, Lowered l, double base, AttentionShape s, float direction) {
    if (base <= 0) {
      return;
    }
    int pairs = s.size() / 2;
    Place table = new Place(Place.Kind.SHARED, l.rotary().offset(base, pairs));
    int at = t.operands(qkv, table);
    t.numbers(s.width(), pairs);
    t.add(
        "rotary",
        t.range(s.width(), s.length()),
        (graph, name, operands) ->
            graph.task(
                name,
                RotaryKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arrays.rotary,
                t.arena(),
                at,
                direction),
        at,
        direction);
  }

  static void scores(Tasks t, Place qkv, Place scores, AttentionShape s) {
    int at = t.operands(qkv, scores);
    t.numbers(s.heads(), s.length(), s.size());
    t.add(
        "scores",
        t.range(s.length(), s.rows()),
        (graph, name, operands) ->
            graph.task(
                name,
                ScoreKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.scale()),
        at,
        s.scale());
  }

  static void softmax(Tasks t, Place scores, @Nullable Place logSumExp, AttentionShape s) {
    int at = t.operands(scores, logSumExp == null ? scores : logSumExp);
    t.numbers(s.rows(), s.length(), logSumExp == null ? 0 : 1);
    t.add(
        "softmax",
        t.range(s.rows()),
        (graph, name, operands) ->
            graph.task(
                name, SoftmaxKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
  }

  static void attend(
      Tasks t,
      Place weights,
      Place x,
      int xRow,
      Place out,
      int outRow,
      AttentionShape s,
      boolean transposed) {
    int at = t.operands(weights, x, out);
    t.numbers(s.width(), s.length(), s.size(), xRow, outRow);
    t.numbers(transposed ? 1 : s.length(), transposed ? s.length() : 1);
    t.add(
        "attend",
        t.range(s.width(), s.length()),
        (graph, name, operands) ->
            graph.task(
                name, AttendKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
  }

  static void weights(Tasks t, Place scores, Place logSumExp, AttentionShape s) {
    int at = t.operands(scores, logSumExp);
    t.numbers(s.length());
    t.add(
        "attentionWeights",
        t.range(s.length(), s.rows()),
        (graph, name, operands) ->
            graph.task(
                name,
                AttentionWeightKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at),
        at);
  }

  static void dots(Tasks t, Place attended, Place dAttended, Place dots, AttentionShape s) {
    int at = t.operands(attended, dAttended, dots);
    t.numbers(s.heads(), s.length(), s.size());
    t.add(
        "attendedDots",
        t.range(s.length(), s.heads()),
        (graph, name, operands) ->
            graph.task(
                name, AttendedDotKernel::run, t.context, operands, t.arrays.active, t.arena(), at),
        at);
  }

  static void scoreGradients(
      Tasks t, Place weights, Place values, Place dAttended, Place dots, AttentionShape s) {
    int at = t.operands(weights, values, dAttended, dots);
    t.numbers(s.heads(), s.length(), s.size());
    t.add(
        "scoreGradients",
        t.range(s.length(), s.rows()),
        (graph, name, operands) ->
            graph.task(
                name,
                ScoreGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.scale()),
        at,
        s.scale());
  }
}
