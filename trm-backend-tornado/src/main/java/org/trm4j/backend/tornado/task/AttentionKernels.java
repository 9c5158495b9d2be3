package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.attention.AttendKernel;
import org.trm4j.backend.tornado.kernel.attention.AttendedDotKernel;
import org.trm4j.backend.tornado.kernel.attention.AttentionWeightKernel;
import org.trm4j.backend.tornado.kernel.attention.RotaryKernel;
import org.trm4j.backend.tornado.kernel.attention.ScoreGradientKernel;
import org.trm4j.backend.tornado.kernel.attention.ScoreKernel;
import org.trm4j.backend.tornado.kernel.attention.SoftmaxKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;

/** The kernels between the projections of attention. */
final class AttentionKernels {
  private AttentionKernels() {}

  static void rotate(
      Tasks t, OperandLocation qkv, TaskContext l, double base, AttentionShape s, float direction) {
    if (base <= 0) {
      return;
    }
    int pairs = s.size() / 2;
    OperandLocation table =
        new OperandLocation(OperandLocation.Kind.SHARED, l.rotary().offset(base, pairs));
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

  static void scores(Tasks t, OperandLocation qkv, OperandLocation scores, AttentionShape s) {
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

  static void softmax(
      Tasks t, OperandLocation scores, @Nullable OperandLocation logSumExp, AttentionShape s) {
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
      OperandLocation weights,
      OperandLocation x,
      int xRow,
      OperandLocation out,
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

  static void weights(
      Tasks t, OperandLocation scores, OperandLocation logSumExp, AttentionShape s) {
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

  static void dots(
      Tasks t,
      OperandLocation attended,
      OperandLocation dAttended,
      OperandLocation dots,
      AttentionShape s) {
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
      Tasks t,
      OperandLocation weights,
      OperandLocation values,
      OperandLocation dAttended,
      OperandLocation dots,
      AttentionShape s) {
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
