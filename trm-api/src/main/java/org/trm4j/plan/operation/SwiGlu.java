package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A SwiGLU sublayer with its post-norm: {@code u = h + W_down (silu(gate) * up)} with {@code [gate;
 * up] = W_gate_up h} for each position, then {@code output = u * rsqrt(mean over D of u^2 +
 * epsilon)} for each position.
 *
 * @param input h, [L, D]
 * @param output [L, D]
 * @param inverseRms [L], the factor of each position, kept for the gradient; null if none is needed
 * @param gateUp [2 x inner, D]; rows 0..inner-1 make the gate; inner is a multiple of 256
 * @param down [D, inner]
 * @param epsilon of the norm
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SwiGlu(
    Buffer input,
    Buffer output,
    @Nullable Buffer inverseRms,
    ParameterSpec gateUp,
    ParameterSpec down,
    float epsilon)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(input);
  }

  @Override
  public List<Buffer> writes() {
    return inverseRms == null ? List.of(output) : List.of(output, inverseRms);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(gateUp, down);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null && inverseRms != null) {
      Buffer inputGradient = tape.fresh(input);
      tape.append(
          new Backward(input, output, inverseRms, outputGradient, inputGradient, gateUp, down));
      tape.accumulate(input, inputGradient);
    }
  }

  @Override
  public String toString() {
    return "%s = rmsNorm(%s + swiGlu(%s; %s))"
        .formatted(output, input.name(), input.name(), gateUp.name());
  }

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
  public record Backward(
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
}
