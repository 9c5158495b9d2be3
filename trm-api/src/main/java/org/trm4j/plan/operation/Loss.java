package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * The training loss of one sequence and its gradient with respect to the heads, both times the
 * gradient scale.
 *
 * <p>Language-model part: the mean, over the n labels that are not {@link #IGNORED} (1 where there
 * are none), of the StableMax cross-entropy {@code -log(s(x_t) / sum s(x))}, {@code s(x) = x + 1}
 * for x &gt;= 0 and {@code 1 / (1 - x)} else, in double precision. Halting part: {@code 0.5 *
 * BCE(q_halt, exact)}, where exact is 1 when every label that counts is the arg-max (the first of
 * equal logits). Continue part, where {@code nextQ} is given: {@code 0.5 * BCE(q_continue,
 * target)}, target = sigmoid(next q_halt) at the last supervision step and sigmoid(max(next q_halt,
 * next q_continue)) before it. BCE takes logits: {@code max(q,0) - q*t + log(1 + exp(-|q|))}.
 *
 * <p>The unscaled losses and counts are reported in {@link
 * org.trm4j.backend.spi.TrainingSession.SequenceMetrics}.
 *
 * @param logits [S, V]
 * @param q [2]
 * @param nextQ [2] of one further pass, or null
 * @param logitsGradient [S, V], overwritten; zero rows for ignored labels
 * @param qGradient [2], overwritten
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Loss(
    Buffer logits, Buffer q, @Nullable Buffer nextQ, Buffer logitsGradient, Buffer qGradient)
    implements Operation {
  /** The label of a position that does not count. */
  public static final int IGNORED = -100;

  @Override
  public List<Buffer> reads() {
    List<Buffer> list = new ArrayList<>(List.of(logits, q));
    if (nextQ != null) {
      list.add(nextQ);
    }
    return list;
  }

  @Override
  public List<Buffer> writes() {
    return List.of(logitsGradient, qGradient);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public String toString() {
    return "%s, %s = loss(%s, %s%s; labels)"
        .formatted(
            logitsGradient,
            qGradient,
            logits.name(),
            q.name(),
            nextQ == null ? "" : ", " + nextQ.name());
  }
}
