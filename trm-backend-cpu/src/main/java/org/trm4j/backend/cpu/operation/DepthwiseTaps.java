package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.program.StepContext;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.operation.GridConvolution;

/**
 * The kernel of a depthwise convolution as rows of channels, [K x K][D], so that the inner loops
 * run over neighbouring floats; and the part of it that lies within the grid around a cell.
 */
final class DepthwiseTaps implements Weights.Own {
  private final int offset;
  private final int width;
  private final int rows;
  private final int columns;
  private final int size;
  private final float[] taps;

  private record Key(int offset, int rows, int columns) {}

  private DepthwiseTaps(int offset, int width, int rows, int columns, int size) {
    this.offset = offset;
    this.width = width;
    this.rows = rows;
    this.columns = columns;
    this.size = size;
    taps = new float[size * size * width];
  }

  /**
   * Returns the taps of a kernel.
   *
   * @param length cells of the grid
   */
  static DepthwiseTaps of(ParameterSpec kernel, int length, int columns, StepContext context) {
    int offset = context.weights().offset(kernel);
    int rows = length / columns;
    return context
        .weights()
        .own(
            new Key(offset, rows, columns),
            DepthwiseTaps.class,
            () ->
                new DepthwiseTaps(
                    offset,
                    kernel.shape().dim(0),
                    rows,
                    columns,
                    GridConvolution.kernelSize(kernel)));
  }

  @Override
  public void pack(float[] values) {
    int count = size * size;
    for (int d = 0; d < width; d++) {
      for (int tap = 0; tap < count; tap++) {
        taps[tap * width + d] = values[offset + d * count + tap];
      }
    }
  }

  /** Adds the convolution of a grid [L, D] at one cell to a row of channels. */
  void convolve(Kernels kernels, float[] grid, int g0, int cell, float[] sum, int s0) {
    int half = size / 2;
    int row = cell / columns - half;
    int column = cell % columns - half;
    int lastRow = Math.min(size, rows - row);
    int lastColumn = Math.min(size, columns - column);
    for (int i = Math.max(0, -row); i < lastRow; i++) {
      for (int j = Math.max(0, -column); j < lastColumn; j++) {
        int neighbour = (row + i) * columns + column + j;
        add(kernels, i * size + j, grid, g0 + neighbour * width, sum, s0);
      }
    }
  }

  /** Adds the gradient of the input at one cell, from that of the convolution's results. */
  void transposed(Kernels kernels, float[] gradient, int g0, int cell, float[] sum, int s0) {
    int half = size / 2;
    int row = cell / columns + half;
    int column = cell % columns + half;
    int lastRow = Math.min(size, row + 1);
    int lastColumn = Math.min(size, column + 1);
    for (int i = Math.max(0, row - rows + 1); i < lastRow; i++) {
      for (int j = Math.max(0, column - columns + 1); j < lastColumn; j++) {
        int neighbour = (row - i) * columns + column - j;
        add(kernels, i * size + j, gradient, g0 + neighbour * width, sum, s0);
      }
    }
  }

  private void add(Kernels kernels, int tap, float[] x, int x0, float[] sum, int s0) {
    kernels.multiplyAdd(taps, tap * width, x, x0, width, sum, s0);
  }

  /** Returns K x K. */
  int count() {
    return size * size;
  }

  /** Adds the gradient of one tap over a grid to a row of channels. */
  void tapGradient(
      Kernels kernels, int tap, float[] gradient, float[] grid, int at, float[] sum, int s0) {
    int down = tap / size - size / 2;
    int right = tap % size - size / 2;
    int lastRow = Math.min(rows, rows - down);
    int lastColumn = Math.min(columns, columns - right);
    for (int row = Math.max(0, -down); row < lastRow; row++) {
      for (int column = Math.max(0, -right); column < lastColumn; column++) {
        int cell = at + (row * columns + column) * width;
        int neighbour = cell + (down * columns + right) * width;
        kernels.multiplyAdd(gradient, cell, grid, neighbour, width, sum, s0);
      }
    }
  }

  /** Adds a row of channels to one tap of the kernel's gradient. */
  void store(float[] sum, int s0, int tap, float[] gradients) {
    for (int d = 0; d < width; d++) {
      gradients[offset + d * count() + tap] += sum[s0 + d];
    }
  }
}
