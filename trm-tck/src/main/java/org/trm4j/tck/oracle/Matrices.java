package org.trm4j.tck.oracle;

/** Dense row-major matrices. */
final class Matrices {
  private Matrices() {}

  /** Returns {@code x W^T}, [rows, out], for x [rows, in] and W [out, in]. */
  static double[] linear(double[] x, int rows, int in, double[] w, int out) {
    double[] y = new double[rows * out];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double sum = 0;
        for (int i = 0; i < in; i++) {
          sum += w[o * in + i] * x[r * in + i];
        }
        y[r * out + o] = sum;
      }
    }
    return y;
  }

  /** {@link #linear} of rounded factors; the result is rounded as it is stored. */
  static double[] linear(Rounding to, double[] x, int rows, int in, double[] w, int out) {
    return to.kept(linear(to.of(x), rows, in, to.of(w), out));
  }

  /** {@link #linearBackward} of rounded factors; the result is rounded as it is stored. */
  static double[] linearBackward(
      Rounding to, double[] dy, double[] x, int rows, int in, double[] w, double[] dw, int out) {
    return to.kept(linearBackward(to.of(dy), to.of(x), rows, in, to.of(w), dw, out));
  }

  /**
   * Backward of {@link #linear}: returns {@code dY W}, [rows, in], and adds {@code dY^T X} to
   * {@code dW}.
   */
  static double[] linearBackward(
      double[] dy, double[] x, int rows, int in, double[] w, double[] dw, int out) {
    double[] dx = new double[rows * in];
    for (int r = 0; r < rows; r++) {
      for (int o = 0; o < out; o++) {
        double g = dy[r * out + o];
        for (int i = 0; i < in; i++) {
          dx[r * in + i] += g * w[o * in + i];
          dw[o * in + i] += g * x[r * in + i];
        }
      }
    }
    return dx;
  }

  /** Returns the transpose, [columns, rows], of x [rows, columns]. */
  static double[] transpose(double[] x, int rows, int columns) {
    double[] y = new double[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[c * rows + r] = x[r * columns + c];
      }
    }
    return y;
  }
}
