package org.trm4j.plan.operation;

import java.util.List;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * {@code output = inputs[0] + inputs[1] + ...}, added from left to right; a copy for one input.
 *
 * @param inputs at least one, all of the output's shape
 * @param output not among the inputs
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Sum(List<Buffer> inputs, Buffer output) implements Operation {
  /** Copies and checks the inputs. */
  public Sum {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("sum: no inputs, expected at least one");
    }
    for (Buffer input : inputs) {
      if (!input.shape().equals(output.shape())) {
        throw new IllegalArgumentException(
            "sum: input %s, expected the shape of %s".formatted(input, output));
      }
    }
  }

  @Override
  public List<Buffer> reads() {
    return inputs;
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
    if (outputGradient != null) {
      for (Buffer input : inputs) {
        tape.accumulate(input, outputGradient);
      }
    }
  }

  @Override
  public String toString() {
    return "%s = %s"
        .formatted(output, inputs.stream().map(Buffer::name).collect(Collectors.joining(" + ")));
  }
}
