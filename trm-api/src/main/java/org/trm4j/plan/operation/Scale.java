package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * {@code output = factor * input}.
 *
 * @param input of any shape
 * @param output of the same shape
 * @param factor finite
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Scale(Buffer input, Buffer output, float factor) implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(input);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(output);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null && tape.follows(input)) {
      Buffer gradient = tape.fresh(input);
      tape.append(new Scale(outputGradient, gradient, factor));
      tape.accumulate(input, gradient);
    }
  }

  @Override
  public String toString() {
    return "%s = %s * %s".formatted(output, factor, input.name());
  }
}
