package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link Linear}: overwrites {@code inputGradient}, with zeros in rows that are not
 * read, and adds to the gradients of weight and bias.
 *
 * @param input [R, in]
 * @param outputGradient [rows, out]
 * @param inputGradient [R, in]; null where nobody needs it
 * @param weight [out, in]
 * @param bias [out]; null for none
 * @param from the first row that was read
 * @param mean whether the rows were averaged
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record LinearBackward(
    Buffer input,
    Buffer outputGradient,
    @Nullable Buffer inputGradient,
    ParameterSpec weight,
    @Nullable ParameterSpec bias,
    int from,
    boolean mean)
    implements Operation {
  /** Checks the shapes. */
  public LinearBackward {
    Linear.check(input, outputGradient, weight, bias, from, mean);
  }

  /** Returns how many input rows were read. */
  public int rowsRead() {
    return mean ? input.shape().dim(0) - from : outputGradient.shape().dim(0);
  }

  @Override
  public List<Buffer> reads() {
    return List.of(input, outputGradient);
  }

  @Override
  public List<Buffer> writes() {
    List<Buffer> list = new ArrayList<>();
    if (inputGradient != null) {
      list.add(inputGradient);
    }
    return list;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public String toString() {
    return "%s = linearBackward(%s, %s; %s)"
        .formatted(
            inputGradient == null ? "gradients" : inputGradient,
            input.name(),
            outputGradient.name(),
            weight.name());
  }
}
