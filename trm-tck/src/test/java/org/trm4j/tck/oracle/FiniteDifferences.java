package org.trm4j.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Operation;

/**
 * Compares a backward operation with central differences of {@code sum of c * output}, c being the
 * output gradients.
 */
final class FiniteDifferences {
  private static final double STEP = 1e-5;

  private final SplittableRandom random = new SplittableRandom(11);
  private final Operation forward;
  private final Operation backward;
  private final Workspace workspace;
  private final DoubleParameters parameters;

  FiniteDifferences(Operation forward, Operation backward) {
    this.forward = forward;
    this.backward = backward;
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : forward.parameters()) {
      tensors.put(spec.name(), Tensor.of(spec.shape(), floats(spec.shape().intSize())));
    }
    parameters = new DoubleParameters(forward.parameters(), new ParameterSet(tensors));
    workspace = new Workspace(parameters);
  }

  Workspace workspace() {
    return workspace;
  }

  /** Fills a buffer with random values. */
  double[] random(Buffer buffer) {
    double[] values =
        DoubleParameters.widen(Tensor.of(buffer.shape(), floats(buffer.shape().intSize())));
    workspace.write(buffer, values);
    return values;
  }

  /**
   * Checks the gradients of inputs and parameters.
   *
   * @param outputs each differentiated output with its gradient buffer
   * @param inputs each input with its gradient buffer
   */
  void check(Map<Buffer, Buffer> outputs, Map<Buffer, Buffer> inputs) {
    inputs.keySet().forEach(this::random);
    outputs.values().forEach(this::random);
    DoubleSupplier objective =
        () -> {
          Interpreter.run(forward, workspace);
          double sum = 0;
          for (Map.Entry<Buffer, Buffer> entry : outputs.entrySet()) {
            double[] y = workspace.read(entry.getKey());
            double[] c = workspace.read(entry.getValue());
            for (int i = 0; i < y.length; i++) {
              sum += c[i] * y[i];
            }
          }
          return sum;
        };
    Interpreter.run(forward, workspace);
    Interpreter.run(backward, workspace);
    inputs.forEach((input, gradient) ->
        compare(input.name(), workspace.read(input), workspace.read(gradient), objective));
    for (ParameterSpec spec : parameters.trained()) {
      compare(spec.name(), parameters.values(spec), parameters.gradient(spec), objective);
    }
  }

  static void compare(String name, double[] values, double[] gradient, DoubleSupplier objective) {
    assertThat(gradient).hasSameSizeAs(values);
    for (int i = 0; i < values.length; i++) {
      double before = values[i];
      values[i] = before + STEP;
      double up = objective.getAsDouble();
      values[i] = before - STEP;
      double down = objective.getAsDouble();
      values[i] = before;
      double expected = (up - down) / (2 * STEP);
      assertThat(gradient[i])
          .as("d %s[%s]", name, i)
          .isCloseTo(expected, within(1e-7 * (1 + Math.abs(expected))));
    }
  }

  private float[] floats(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian() * 0.7f;
    }
    return values;
  }
}
