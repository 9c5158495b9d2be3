package org.trm4j.backend.tornado.task;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.backend.tornado.program.Tasks;

/** Attention with the scores of all pairs in memory. */
final class PlainAttention {
  private PlainAttention() {}

  static void forward(
      Tasks t,
      OperandLocation qkv,
      OperandLocation attended,
      @Nullable OperandLocation logSumExp,
      AttentionShape s) {
    int d = s.width();
    OperandLocation scores = t.scratch(s.scores());
    AttentionKernels.scores(t, qkv, scores, s);
    AttentionKernels.softmax(t, scores, logSumExp, s);
    AttentionKernels.attend(t, scores, qkv.plus(2 * d), 3 * d, attended, d, s, false);
  }

  static void backward(
      Tasks t,
      OperandLocation qkv,
      OperandLocation dAttended,
      OperandLocation dots,
      OperandLocation logSumExp,
      OperandLocation dQkv,
      AttentionShape s) {
    int d = s.width();
    OperandLocation scores = t.scratch(s.scores());
    AttentionKernels.scores(t, qkv, scores, s);
    AttentionKernels.weights(t, scores, logSumExp, s);
    AttentionKernels.attend(t, scores, dAttended, d, dQkv.plus(2 * d), 3 * d, s, true);
    AttentionKernels.scoreGradients(t, scores, qkv.plus(2 * d), dAttended, dots, s);
    AttentionKernels.attend(t, scores, qkv.plus(d), 3 * d, dQkv, 3 * d, s, false);
    AttentionKernels.attend(t, scores, qkv, 3 * d, dQkv.plus(d), 3 * d, s, true);
  }
}
