package org.trm4j.optimizer.published;

import org.trm4j.model.ParameterSpec;
import org.trm4j.optimizer.spi.Optimizer;

/**
 * Muon (Keller Jordan, 2024): {@code m = mu m + g}; the update is the nearest orthogonal matrix to
 * {@code g + mu m}, approached by the quintic Newton-Schulz iteration with its published
 * coefficients, times {@code sqrt(max(1, rows / columns))}. For matrices [rows, columns] only.
 */
final class Muon implements Optimizer {
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;

  private final double momentum;
  private final int iterations;

  Muon(double momentum, int iterations) {
    this.momentum = momentum;
    this.iterations = iterations;
  }

  @Override
  public void update(
      ParameterSpec spec,
      float[] values,
      float[] gradient,
      float[] first,
      float[] second,
      Optimizer.Step step) {
    if (spec.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "muon: %s is no matrix, expected a parameter of two dimensions; give it to another group"
              .formatted(spec));
    }
    int rows = spec.shape().dim(0);
    int columns = spec.shape().dim(1);
    float[] update = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      first[i] = (float) (momentum * first[i] + gradient[i]);
      update[i] = (float) (gradient[i] + momentum * first[i]);
    }
    boolean tall = rows > columns;
    float[] wide = tall ? transpose(update, rows, columns) : update;
    float[] orthogonal =
        orthogonalize(wide, Math.min(rows, columns), Math.max(rows, columns), iterations);
    float[] direction = tall ? transpose(orthogonal, columns, rows) : orthogonal;
    double rate = step.learningRate() * Math.sqrt(Math.max(1, (double) rows / columns));
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * step.kept() - rate * direction[i]);
    }
  }

  /** Returns x [n, m], n at most m, with its singular values moved close to 1; 0 stays 0. */
  static float[] orthogonalize(float[] x, int n, int m, int iterations) {
    double squares = 0;
    for (float value : x) {
      squares += (double) value * value;
    }
    float[] y = new float[x.length];
    if (squares == 0) {
      return y;
    }
    double norm = Math.sqrt(squares) + 1e-7;
    for (int i = 0; i < x.length; i++) {
      y[i] = (float) (x[i] / norm);
    }
    for (int k = 0; k < iterations; k++) {
      float[] gram = product(y, transpose(y, n, m), n, m, n);
      float[] square = product(gram, gram, n, n, n);
      for (int i = 0; i < gram.length; i++) {
        gram[i] = (float) (B * gram[i] + C * square[i]);
      }
      float[] change = product(gram, y, n, n, m);
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) (A * y[i] + change[i]);
      }
    }
    return y;
  }

  private static float[] product(float[] a, float[] b, int rows, int inner, int columns) {
    float[] c = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int p = 0; p < inner; p++) {
        float factor = a[i * inner + p];
        int from = p * columns;
        int to = i * columns;
        for (int j = 0; j < columns; j++) {
          c[to + j] += factor * b[from + j];
        }
      }
    }
    return c;
  }

  private static float[] transpose(float[] x, int rows, int columns) {
    float[] y = new float[x.length];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[c * rows + r] = x[r * columns + c];
      }
    }
    return y;
  }
}
