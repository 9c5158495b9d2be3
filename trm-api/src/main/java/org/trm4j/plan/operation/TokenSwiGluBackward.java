package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link TokenSwiGlu}: {@link SwiGluBackward} on the transposed buffers.
 *
 * @param input h, [L, D]
 * @param output the forward output, [L, D]
 * @param inverseRms [D]
 * @param outputGradient [L, D]
 * @param inputGradient [L, D]
 * @param gateUp [2 x inner, L]
 * @param down [L, inner]
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TokenSwiGluBackward(
    Buffer input,
    Buffer output,
    Buffer inverseRms,
    Buffer outputGradient,
    Buffer inputGradient,
    ParameterSpec gateUp,
    ParameterSpec down)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(input, output, inverseRms, outputGradient);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(inputGradient);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(gateUp, down);
  }

  @Override
  public String toString() {
    return "%s = tokenSwiGluBackward(%s, %s; %s)"
        .formatted(inputGradient, input.name(), outputGradient.name(), gateUp.name());
  }
}
