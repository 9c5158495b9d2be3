package org.trm4j.tck.oracle;

/** The root-mean-square norm of each row, without weight (Zhang and Sennrich, arXiv 1910.07467). */
final class PostNorm {
  private PostNorm() {}

  /** Returns {@code rsqrt(mean of u^2 + epsilon)} of each row of u [rows, width]. */
  static double[] inverseRms(double[] u, int rows, int width, double epsilon) {
    double[] r = new double[rows];
    for (int row = 0; row < rows; row++) {
      double squares = 0;
      for (int i = 0; i < width; i++) {
        squares += u[row * width + i] * u[row * width + i];
      }
      r[row] = 1 / Math.sqrt(squares / width + epsilon);
    }
    return r;
  }

  /** Returns each row of u times its factor. */
  static double[] scale(double[] u, double[] r, int width) {
    double[] output = new double[u.length];
    for (int i = 0; i < u.length; i++) {
      output[i] = u[i] * r[i / width];
    }
    return output;
  }

  /** Returns {@code du = r * (dOut - out * mean over the row of (out * dOut))}. */
  static double[] backward(double[] output, double[] r, double[] dOutput, int width) {
    double[] du = new double[output.length];
    for (int row = 0; row < r.length; row++) {
      double mean = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        mean += output[i] * dOutput[i] / width;
      }
      for (int i = row * width; i < (row + 1) * width; i++) {
        du[i] = r[row] * (dOutput[i] - output[i] * mean);
      }
    }
    return du;
  }
}
