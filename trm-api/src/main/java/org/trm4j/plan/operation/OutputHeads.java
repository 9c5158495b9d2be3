package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * {@code logits[s] = W_lm y[P + s]} for each token s, and {@code q = W_q y[0] + b_q}.
 *
 * @param input y, [L, D]
 * @param logits [S, V], or [0, V] where only q is wanted
 * @param q [2]: q_halt, q_continue
 * @param lmHead [V, D]
 * @param qWeight [2, D]
 * @param qBias [2]
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record OutputHeads(
    Buffer input,
    Buffer logits,
    Buffer q,
    ParameterSpec lmHead,
    ParameterSpec qWeight,
    ParameterSpec qBias)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(input);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(logits, q);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(lmHead, qWeight, qBias);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer logitsGradient = tape.gradient(logits);
    Buffer qGradient = tape.gradient(q);
    if (logitsGradient != null && qGradient != null) {
      Buffer inputGradient = tape.fresh(input);
      tape.append(
          new Backward(input, logitsGradient, qGradient, inputGradient, lmHead, qWeight, qBias));
      tape.accumulate(input, inputGradient);
    }
  }

  @Override
  public String toString() {
    return "%s, %s = heads(%s)".formatted(logits, q, input.name());
  }

  /**
   * Gradient of {@link OutputHeads}: overwrites all L rows of {@code inputGradient} (rows without a
   * head are zero) and adds to the gradients of the three parameters.
   *
   * @param input y, [L, D]
   * @param logitsGradient [S, V]
   * @param qGradient [2]
   * @param inputGradient [L, D]
   * @param lmHead [V, D]
   * @param qWeight [2, D]
   * @param qBias [2]
   */
  public record Backward(
      Buffer input,
      Buffer logitsGradient,
      Buffer qGradient,
      Buffer inputGradient,
      ParameterSpec lmHead,
      ParameterSpec qWeight,
      ParameterSpec qBias)
      implements Operation {

    @Override
    public List<Buffer> reads() {
      return List.of(input, logitsGradient, qGradient);
    }

    @Override
    public List<Buffer> writes() {
      return List.of(inputGradient);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(lmHead, qWeight, qBias);
    }

    @Override
    public String toString() {
      return "%s = headsBackward(%s, %s)"
          .formatted(inputGradient, logitsGradient.name(), qGradient.name());
    }
  }
}
