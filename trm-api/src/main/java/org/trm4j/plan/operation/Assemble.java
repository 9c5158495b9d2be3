package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Puts the embedded input together: row {@code p} of the output is {@code scale * (e_p +
 * positions_p)}, where {@code e_p} is row p of the prefix for p &lt; P and row {@code p - P} of
 * {@code rows} after it.
 *
 * @param rows [S, D]
 * @param output [P + S, D]
 * @param prefix [P, D]; null for P = 0
 * @param positions [P + S, D]; null without learned positions
 * @param scale as in {@link Embed}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Assemble(
    Buffer rows,
    Buffer output,
    @Nullable ParameterSpec prefix,
    @Nullable ParameterSpec positions,
    float scale)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(rows);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(output);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return Present.of(prefix, positions);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null) {
      Buffer rowsGradient = tape.fresh(rows);
      tape.append(new Backward(outputGradient, rowsGradient, prefix, positions, scale));
      tape.accumulate(rows, rowsGradient);
    }
  }

  @Override
  public String toString() {
    return "%s = (%s%s%s) * %s"
        .formatted(
            output,
            prefix == null ? "" : "prefix, ",
            rows.name(),
            positions == null ? "" : " + positions",
            scale);
  }

  /**
   * Gradient of {@link Assemble}: overwrites {@code rowsGradient} and adds to the gradients of
   * prefix and positions.
   *
   * @param outputGradient [P + S, D]
   * @param rowsGradient [S, D]
   * @param prefix [P, D]; null for P = 0
   * @param positions [P + S, D]; null without learned positions
   * @param scale as in {@link Embed}
   */
  public record Backward(
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
      return Present.of(prefix, positions);
    }

    @Override
    public String toString() {
      return "%s = %s of the rows after the prefix * %s"
          .formatted(rowsGradient, outputGradient.name(), scale);
    }
  }
}
