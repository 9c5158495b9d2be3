package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link SwiGlu}: with {@code du = r * (dOut - out * mean over D of (out * dOut))} it
 * overwrites {@code inputGradient = du + J^T du}, J the Jacobian of the SwiGLU, and adds to the
 * gradients of its two weights. Gate and up are computed again from the input.
 *
 * @param input h, [L, D]
 * @param output the forward output, [L, D]
 * @param inverseRms r, [L]
 * @param outputGradient dOut, [L, D]
 * @param inputGradient [L, D]
 * @param gateUp [2 x inner, D]
 * @param down [D, inner]
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SwiGluBackward(
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
    return "%s = swiGluBackward(%s, %s; %s)"
        .formatted(inputGradient, input.name(), outputGradient.name(), gateUp.name());
  }
}
