package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link Assemble}: overwrites {@code rowsGradient} and adds to the gradients of prefix
 * and positions.
 *
 * @param outputGradient [P + S, D]
 * @param rowsGradient [S, D]
 * @param prefix [P, D]; null for P = 0
 * @param positions [P + S, D]; null without learned positions
 * @param scale as in {@link Embed}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record AssembleBackward(
    Buffer outputGradient,
    Buffer rowsGradient,
    @Nullable ParameterSpec prefix,
    @Nullable ParameterSpec positions,
    float scale)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(outputGradient);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(rowsGradient);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return new Assemble(rowsGradient, outputGradient, prefix, positions, scale).parameters();
  }

  @Override
  public String toString() {
    return "%s = %s of the rows after the prefix * %s"
        .formatted(rowsGradient, outputGradient.name(), scale);
  }
}
