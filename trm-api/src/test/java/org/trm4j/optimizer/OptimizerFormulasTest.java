package org.trm4j.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.runtime.Optimizers;

/** Each optimizer against its formula, in double precision, over three updates. */
class OptimizerFormulasTest {
  private static final int SIZE = 12;
  private static final double RATE = 0.03;
  private static final double DECAY = 0.2;
  private static final ParameterSpec SPEC =
      new ParameterSpec("w", Shape.of(3, 4), ParameterSpec.Kind.TRAINED, 1, 0);

  private static Optimizer made(String id) {
    return Optimizers.make(
        PluginRegistry.standard(), new UpdateSpec.Group("", id, Map.of(), RATE, DECAY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam-atan2", "adam-w", "lion", "sign-sgd"})
  void followsItsFormula(String id) {
    SplittableRandom random = new SplittableRandom(5);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = (float) random.nextGaussian();
    }
    double[] expected = new double[SIZE];
    double[] m = new double[SIZE];
    double[] v = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      expected[i] = values[i];
    }
    float[] first = new float[SIZE];
    float[] second = new float[SIZE];
    for (int t = 1; t <= 3; t++) {
      float[] g = new float[SIZE];
      for (int i = 0; i < SIZE; i++) {
        g[i] = i == 0 ? 0 : (float) random.nextGaussian();
        expected[i] = step(id, t, expected[i], g[i], m, v, i);
      }
      made(id).update(SPEC, values, g, first, second, new Optimizer.Step(t, RATE, DECAY));
    }
    for (int i = 0; i < SIZE; i++) {
      assertThat((double) values[i]).as("%s[%s]", id, i).isCloseTo(expected[i], within(1e-5));
    }
  }

  private static double step(String id, int t, double p, double g, double[] m, double[] v, int i) {
    double kept = p * (1 - RATE * DECAY);
    if (id.equals("sign-sgd")) {
      return kept - RATE * Math.signum(g);
    }
    if (id.equals("lion")) {
      double sign = Math.signum(0.9 * m[i] + 0.1 * g);
      m[i] = 0.99 * m[i] + 0.01 * g;
      return kept - RATE * sign;
    }
    m[i] = 0.9 * m[i] + 0.1 * g;
    v[i] = 0.95 * v[i] + 0.05 * g * g;
    double mean = m[i] / (1 - Math.pow(0.9, t));
    double root = Math.sqrt(v[i] / (1 - Math.pow(0.95, t)));
    return id.equals("adam-w")
        ? kept - RATE * mean / (root + 1e-8)
        : kept - RATE / (1 - Math.pow(0.9, t)) * Math.atan2(m[i], root);
  }

  @ParameterizedTest
  @CsvSource({"3, 4", "4, 3", "5, 5", "1, 7"})
  void muonMovesByAnAlmostOrthogonalMatrix(int rows, int columns) {
    SplittableRandom random = new SplittableRandom(7);
    float[] gradient = new float[rows * columns];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (float) random.nextGaussian() * 100;
    }
    float[] values = new float[gradient.length];
    ParameterSpec spec =
        new ParameterSpec("w", Shape.of(rows, columns), ParameterSpec.Kind.TRAINED, 1, 0);
    made("muon")
        .update(
            spec,
            values,
            gradient,
            new float[values.length],
            new float[values.length],
            new Optimizer.Step(1, 1, 0));
    // Rows (or columns) of the step are almost orthogonal and almost of one length.
    int n = Math.min(rows, columns);
    double scale = Math.sqrt(Math.max(1, (double) rows / columns));
    double against = 0;
    for (int a = 0; a < n; a++) {
      for (int b = 0; b < n; b++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot += at(values, a, k, rows, columns) * at(values, b, k, rows, columns);
        }
        dot /= scale * scale;
        assertThat(dot).as("%s . %s", a, b).isCloseTo(a == b ? 1 : 0, within(0.55));
      }
    }
    for (int i = 0; i < values.length; i++) {
      against += (double) values[i] * gradient[i];
    }
    assertThat(against).as("a step down the gradient").isNegative();
  }

  private static double at(float[] values, int vector, int k, int rows, int columns) {
    return rows <= columns ? values[vector * columns + k] : values[k * columns + vector];
  }

  @Test
  void muonOfNoGradientIsNoStep() {
    float[] values = {1, 2, 3, 4};
    ParameterSpec spec = new ParameterSpec("w", Shape.of(2, 2), ParameterSpec.Kind.TRAINED, 1, 0);
    made("muon")
        .update(
            spec, values, new float[4], new float[4], new float[4], new Optimizer.Step(1, 0.1, 0));
    assertThat(values).containsExactly(1, 2, 3, 4);
  }
}
