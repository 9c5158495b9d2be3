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
    int half = s.size() / 2;
    Place table = new Place(Place.Kind.SHARED, l.rotary().offset(base, half));
    int at = t.operands(qkv, table);
    t.add(
        "rotary",
        t.threads(s.length(), s.width()),
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
                s.length(),
                s.width(),
                half,
                direction),
        at,
        s,
        direction);
  }

  static void scores(Tasks t, Place qkv, Place scores, AttentionShape s) {
    int at = t.operands(qkv, scores);
    t.add(
        "scores",
        t.threads(s.scores()),
        (graph, name, operands) ->
            graph.task(
                name,
                ScoreKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads(),
                s.length(),
                s.size(),
                s.scale()),
        at,
        s);
  }

  static void softmax(Tasks t, Place scores, @Nullable Place logSumExp, AttentionShape s) {
    int save = logSumExp == null ? 0 : 1;
    int at = logSumExp == null ? t.operand(scores) : t.operands(scores, logSumExp);
    t.add(
        "softmax",
        t.threads(s.heads(), s.length()),
        (graph, name, operands) ->
            graph.task(
                name,
                SoftmaxKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads() * s.length(),
                s.length(),
                save),
        at,
        s,
        save);
  }

  static void attend(
      Tasks t,
      Place weights,
      Place x,
      int xRow,
      Place out,
      int outRow,
      AttentionShape s,
      int transposed) {
    int at = t.operands(weights, x, out);
    t.add(
        "attend",
        t.threads(s.length(), s.width()),
        (graph, name, operands) ->
            graph.task(
                name,
                AttendKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads(),
                s.length(),
                s.size(),
                xRow,
                outRow,
                transposed),
        at,
        s,
        xRow,
        outRow,
        transposed);
  }

  static void weights(Tasks t, Place scores, Place logSumExp, AttentionShape s) {
    int at = t.operands(scores, logSumExp);
    t.add(
        "attentionWeights",
        t.threads(s.scores()),
        (graph, name, operands) ->
            graph.task(
                name,
                AttentionWeightKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads() * s.length(),
                s.length()),
        at,
        s);
  }

  static void dots(Tasks t, Place attended, Place dAttended, Place dots, AttentionShape s) {
    int at = t.operands(attended, dAttended, dots);
    t.add(
        "attendedDots",
        t.threads(s.heads(), s.length()),
        (graph, name, operands) ->
            graph.task(
                name,
                AttendedDotKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads(),
                s.length(),
                s.size()),
        at,
        s);
  }

  static void scoreGradients(
      Tasks t, Place weights, Place values, Place dAttended, Place dots, AttentionShape s) {
    int at = t.operands(weights, values, dAttended, dots);
    t.add(
        "scoreGradients",
        t.threads(s.scores()),
        (graph, name, operands) ->
            graph.task(
                name,
                ScoreGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.heads(),
                s.length(),
                s.size(),
                s.scale()),
        at,
        s);
  }
}
