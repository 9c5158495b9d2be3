package org.trm4j.tck.oracle;

import org.trm4j.plan.operation.GridConvolution;

/** {@link GridConvolution} and its gradient; no backend rounds its factors. */
final class GridConvolutionOracle {
  /** The place of a neighbour in the arrays, for a cell, a tap of the kernel and a channel. */
  private interface Term {
    void add(int output, int weight, int input);
  }

  private GridConvolutionOracle() {}

  static void forward(GridConvolution op, Workspace w) {
    int length = op.input().shape().dim(0);
    int width = op.input().shape().dim(1);
    double[] h = w.read(op.input());
    double[] kernel = w.parameter(op.kernel());
    double[] u = h.clone();
    terms(
        length,
        op.columns(),
        width,
        GridConvolution.kernelSize(op.kernel()),
        (output, weight, input) -> u[output] += kernel[weight] * h[input]);
    double[] r = PostNorm.inverseRms(u, length, width, op.epsilon());
    w.write(op.output(), PostNorm.scale(u, r, width));
    if (op.inverseRms() != null) {
      w.writeExactly(op.inverseRms(), r);
    }
  }

  static void backward(GridConvolution.Backward op, Workspace w) {
    int width = op.input().shape().dim(1);
    double[] h = w.read(op.input());
    double[] kernel = w.parameter(op.kernel());
    double[] dKernel = w.gradient(op.kernel());
    double[] du =
        PostNorm.backward(
            w.read(op.output()), w.read(op.inverseRms()), w.read(op.outputGradient()), width);
    double[] dh = du.clone();
    terms(
        op.input().shape().dim(0),
        op.columns(),
        width,
        GridConvolution.kernelSize(op.kernel()),
        (output, weight, input) -> {
          dh[input] += kernel[weight] * du[output];
          dKernel[weight] += h[input] * du[output];
        });
    w.write(op.inputGradient(), dh);
  }

  /** Visits every product of the convolution; what lies outside the grid is 0. */
  private static void terms(int length, int columns, int width, int size, Term term) {
    int rows = length / columns;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int i = 0; i < size; i++) {
          for (int j = 0; j < size; j++) {
            int y = row + i - size / 2;
            int x = column + j - size / 2;
            if (y < 0 || y >= rows || x < 0 || x >= columns) {
              continue;
            }
            for (int d = 0; d < width; d++) {
              term.add(
                  (row * columns + column) * width + d,
                  (d * size + i) * size + j,
                  (y * columns + x) * width + d);
            }
          }
        }
      }
    }
  }
}
