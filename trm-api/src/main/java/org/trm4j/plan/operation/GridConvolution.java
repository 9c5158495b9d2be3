package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A token mixer over the grid of cells with its post-norm: a depthwise convolution, as in ConvNeXt
 * (arXiv 2201.03545), in a recurrent network as in arXiv 2106.04537. The L cells lie row by row on
 * a grid. With {@code k = (K - 1) / 2} and 0 outside the grid, for each cell (r, c) and channel d
 *
 * <pre>u[r, c, d] = h[r, c, d] + sum over i, j of w[d, i K + j] h[r + i - k, c + j - k, d]</pre>
 *
 * <p>then {@code output = u * rsqrt(mean over D of u^2 + epsilon)} for each cell.
 *
 * @param input h, [L, D]
 * @param output [L, D]
 * @param inverseRms [L], the factor of each cell, kept for the gradient; null if none is needed
 * @param kernel w, [D, K x K]; the weight [D, 1, K, K] of a depthwise {@code Conv2d} with its last
 *     extents joined; K is odd
 * @param columns of the grid, a divisor of L
 * @param epsilon of the norm
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record GridConvolution(
    Buffer input,
    Buffer output,
    @Nullable Buffer inverseRms,
    ParameterSpec kernel,
    int columns,
    float epsilon)
    implements Operation {

  /** Returns K, the width and height of a kernel [D, K x K]. */
  public static int kernelSize(ParameterSpec kernel) {
    return (int) Math.round(Math.sqrt(kernel.shape().dim(1)));
  }

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
    return List.of(kernel);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null && inverseRms != null) {
      Buffer inputGradient = tape.fresh(input);
      tape.append(
          new Backward(input, output, inverseRms, outputGradient, inputGradient, kernel, columns));
      tape.accumulate(input, inputGradient);
    }
  }

  @Override
  public String toString() {
    return "%s = rmsNorm(%s + gridConvolution(%s; %s))"
        .formatted(output, input.name(), input.name(), kernel.name());
  }

  /**
   * Gradient of {@link GridConvolution}: with {@code du = r * (dOut - out * mean over D of (out *
   * dOut))} it overwrites {@code inputGradient = du + J^T du}, J the Jacobian of the convolution,
   * and adds to the gradient of the kernel.
   *
   * @param input h, [L, D]
   * @param output the forward output, [L, D]
   * @param inverseRms r, [L]
   * @param outputGradient dOut, [L, D]
   * @param inputGradient [L, D]
   * @param kernel [D, K x K]
   * @param columns of the grid
   */
  public record Backward(
      Buffer input,
      Buffer output,
      Buffer inverseRms,
      Buffer outputGradient,
      Buffer inputGradient,
      ParameterSpec kernel,
      int columns)
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
      return List.of(kernel);
    }

    @Override
    public String toString() {
      return "%s = gridConvolutionBackward(%s, %s; %s)"
          .formatted(inputGradient, input.name(), outputGradient.name(), kernel.name());
    }
  }
}
