package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * The token mixer {@code mlp_t} with its post-norm: {@link SwiGlu} on the transposed input. For
 * each channel d the column {@code h[:, d]} of L values passes the SwiGLU, is added to it, and is
 * normalised by its own root mean square over the L positions, as the published code does.
 *
 * @param input h, [L, D]
 * @param output [L, D]
 * @param inverseRms [D], the factor of each channel, kept for the gradient; null if none is needed
 * @param gateUp [2 x inner, L]; rows 0..inner-1 make the gate; inner is a multiple of 256
 * @param down [L, inner]
 * @param epsilon of the norm
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TokenSwiGlu(
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
    return "%s = rmsNorm(%s^T + swiGlu(%s^T; %s))^T"
        .formatted(output, input.name(), input.name(), gateUp.name());
  }

  /**
   * Gradient of {@link TokenSwiGlu}: {@link SwiGlu.Backward} on the transposed buffers.
   *
   * @param input h, [L, D]
   * @param output the forward output, [L, D]
   * @param inverseRms [D]
   * @param outputGradient [L, D]
   * @param inputGradient [L, D]
   * @param gateUp [2 x inner, L]
   * @param down [L, inner]
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
      return "%s = tokenSwiGluBackward(%s, %s; %s)"
          .formatted(inputGradient, input.name(), outputGradient.name(), gateUp.name());
    }
  }
}
