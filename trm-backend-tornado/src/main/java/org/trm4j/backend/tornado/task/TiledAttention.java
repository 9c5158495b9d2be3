package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.kernel.attention.TiledAttendKernel;
import org.trm4j.backend.tornado.kernel.attention.TiledKeyValueGradientKernel;
import org.trm4j.backend.tornado.kernel.attention.TiledQueryGradientKernel;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Tasks;

/** Attention whose memory does not grow with length x length. */
final class TiledAttention {
  private TiledAttention() {}

  private static Tasks.Range range(Tasks t, AttentionShape s) {
    return t.range(
        Math.ceilDiv(s.size(), TiledAttendKernel.TILE) * TiledAttendKernel.TILE,
        Math.multiplyExact(s.heads(), Math.ceilDiv(s.length(), TiledAttendKernel.ROWS)));
  }

  static void forward(
      Tasks t,
      OperandLocation qkv,
      OperandLocation attended,
      @Nullable OperandLocation logSumExp,
      AttentionShape s) {
    int at = t.operands(qkv, attended, logSumExp == null ? attended : logSumExp);
    t.numbers(s.heads(), s.length(), s.size(), logSumExp == null ? 0 : 1);
    t.add(
        "tiledAttend",
        range(t, s),
        (graph, name, operands) ->
            graph.task(
                name,
                TiledAttendKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.scale()),
        at,
        s.scale());
  }

  static void backward(
      Tasks t,
      OperandLocation qkv,
      OperandLocation dAttended,
      OperandLocation dots,
      OperandLocation logSumExp,
      OperandLocation dQkv,
      AttentionShape s) {
    int at = t.operands(qkv, dAttended, dots, logSumExp, dQkv);
    t.numbers(s.heads(), s.length(), s.size());
    t.add(
        "tiledQueryGradient",
        range(t, s),
        (graph, name, operands) ->
            graph.task(
                name,
                TiledQueryGradientKernel::run,
                t.context,
                operands,
                t.arrays.active,
                t.arena(),
                at,
                s.scale()),
        at,
        s.scale());
    t.add(
        "tiledKeyValueGradient",
        range(t, s),
        (graph, name, operands) ->
            graph.task(
                name,
                TiledKeyValueGradientKernel::run,
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
