package org.trm4j.training.parity;

/**
 * The norm {@code out = u * r}, {@code u = x + y}, {@code r = 1 / sqrt(mean(u^2) + epsilon)} around
 * a sublayer {@code y = f(x)} of which y is known; in double precision.
 */
final class LayerNorm {
  private final float[] x;
  private final float[] y;
  private final int width;
  private final double epsilon;

  LayerNorm(float[] x, float[] y, int width, double epsilon) {
    this.x = x;
    this.y = y;
    this.width = width;
    this.epsilon = epsilon;
  }

  float[] input() {
    return x;
  }

  /** Returns what the sublayer must have computed for the norm to give this output. */
  float[] sublayerOutput(float[] out) {
    float[] found = new float[out.length];
    for (int i = 0; i < out.length; i++) {
      found[i] = (float) (out[i] / factor(i / width) - x[i]);
    }
    return found;
  }

  /**
   * Returns the gradient of the output whose gradient before the norm is {@code du}: the solution
   * of {@code du = r (dOut - out * mean(out * dOut))}.
   */
  float[] outputGradient(float[] du) {
    float[] found = new float[du.length];
    for (int row = 0; row < du.length / width; row++) {
      double r = factor(row);
      double square = 0;
      double product = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        double out = (x[i] + (double) y[i]) * r;
        square += out * out / width;
        product += out * du[i] / width;
      }
      double mean = product / (r * (1 - square));
      for (int i = row * width; i < (row + 1) * width; i++) {
        found[i] = (float) (du[i] / r + (x[i] + (double) y[i]) * r * mean);
      }
    }
    return found;
  }

  private double factor(int row) {
    double square = 0;
    for (int i = row * width; i < (row + 1) * width; i++) {
      double u = x[i] + (double) y[i];
      square += u * u / width;
    }
    return 1 / Math.sqrt(square + epsilon);
  }

  static float[] minus(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** Returns rows of {@code width}, each times its own factor and {@code factor}. */
  static float[] scaleRows(float[] rows, float[] factors, double factor, int width) {
    float[] scaled = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      scaled[i] = (float) (rows[i] * factors[i / width] * factor);
    }
    return scaled;
  }
}
