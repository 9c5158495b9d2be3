package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link SelfAttention}: overwrites {@code inputGradient} and adds to the gradients of
 * its two weights. q, k, v and the attention weights are computed again from the input and {@code
 * logSumExp}.
 *
 * @param input h, [L, D]
 * @param output the forward output, [L, D]
 * @param saved what the forward operation kept
 * @param outputGradient [L, D]
 * @param inputGradient [L, D]
 * @param qkv [3 x D, D]
 * @param out [D, D]
 * @param heads H
 * @param rotaryBase 0 for no rotation
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SelfAttentionBackward(
    Buffer input,
    Buffer output,
    SelfAttention.Saved saved,
    Buffer outputGradient,
    Buffer inputGradient,
    ParameterSpec qkv,
    ParameterSpec out,
    int heads,
    double rotaryBase)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(
        input, output, saved.inverseRms(), saved.attended(), saved.logSumExp(), outputGradient);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(inputGradient);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(qkv, out);
  }

  @Override
  public String toString() {
    return "%s = attentionBackward(%s, %s; %s)"
        .formatted(inputGradient, input.name(), outputGradient.name(), qkv.name());
  }
}
