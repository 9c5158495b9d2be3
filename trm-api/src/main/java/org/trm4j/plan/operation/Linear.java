package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A linear map of rows: {@code output_r = W input_(from + r) + b}. With {@code mean} the rows from
 * {@code from} to the last are averaged first, and there is one output row.
 *
 * @param input [R, in]
 * @param output [rows, out]; one row with {@code mean}
 * @param weight W, [out, in]
 * @param bias b, [out]; null for none
 * @param from the first row that is read
 * @param mean whether the rows are averaged
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Linear(
    Buffer input,
    Buffer output,
    ParameterSpec weight,
    @Nullable ParameterSpec bias,
    int from,
    boolean mean)
    implements Operation {
  /** Checks the shapes. */
  public Linear {
    check(input, output, weight, bias, from, mean);
  }

  static void check(
      Buffer input,
      Buffer output,
      ParameterSpec weight,
      @Nullable ParameterSpec bias,
      int from,
      boolean mean) {
    int rows = mean ? 1 : output.shape().dim(0);
    int available = input.shape().dim(0) - from;
    if (from < 0 || rows < 1 || (mean ? available < 1 : available < rows)) {
      throw new IllegalArgumentException(
          "linear: rows %s.. of %s for %s, expected rows that are there"
              .formatted(from, input, output));
    }
    if (output.shape().dim(0) != rows
        || weight.shape().dim(0) != output.shape().dim(1)
        || weight.shape().dim(1) != input.shape().dim(1)
        || (bias != null && bias.shape().size() != output.shape().dim(1))) {
      throw new IllegalArgumentException(
          "linear: %s, bias %s from %s to %s, expected matching shapes"
              .formatted(weight, bias, input, output));
    }
  }

  /** Returns how many input rows are read. */
  public int rowsRead() {
    return mean ? input.shape().dim(0) - from : output.shape().dim(0);
  }

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
    return Present.of(weight, bias);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null) {
      boolean follows = input.role() != Buffer.Role.INPUT && tape.follows(input);
      Buffer inputGradient = follows ? tape.fresh(input) : null;
      tape.append(new Backward(input, outputGradient, inputGradient, weight, bias, from, mean));
      if (inputGradient != null) {
        tape.accumulate(input, inputGradient);
      }
    }
  }

  @Override
  public String toString() {
    return "%s = linear(%s%s from row %s; %s)"
        .formatted(output, mean ? "mean of " : "", input.name(), from, weight.name());
  }

  /**
   * Gradient of {@link Linear}: overwrites {@code inputGradient}, with zeros in rows that are not
   * read, and adds to the gradients of weight and bias.
   *
   * @param input [R, in]
   * @param outputGradient [rows, out]
   * @param inputGradient [R, in]; null if nobody needs it
   * @param weight [out, in]
   * @param bias [out]; null for none
   * @param from the first row that was read
   * @param mean whether the rows were averaged
   */
  public record Backward(
      Buffer input,
      Buffer outputGradient,
      @Nullable Buffer inputGradient,
      ParameterSpec weight,
      @Nullable ParameterSpec bias,
      int from,
      boolean mean)
      implements Operation {
    /** Checks the shapes. */
    public Backward {
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
      return Present.of(weight, bias);
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
}
