package org.trm4j.tck.oracle;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.buffer.Buffer;

/** The values that the operations of one sequence read and write. */
final class Workspace {
  private final DoubleParameters parameters;
  private final Map<String, double[]> buffers = new HashMap<>();
  private final double[] puzzleGradient;
  private final double noise;
  private final Rounding products;
  private final SplittableRandom random = new SplittableRandom(1);
  private int[] tokens = {};
  private int[] labels = {};
  private int puzzle;
  private long key;
  private long draws;
  private boolean lastStep;
  private double scale;
  private @Nullable SequenceMetrics metrics;

  Workspace(DoubleParameters parameters) {
    this(parameters, 0, Rounding.NONE);
  }

  Workspace(DoubleParameters parameters, double noise, Rounding products) {
    this.products = products;
    this.parameters = parameters;
    this.noise = noise;
    this.puzzleGradient = new double[parameters.puzzleWidth()];
  }

  void start(int[] newTokens, int puzzleIdentifier, long newKey) {
    tokens = newTokens.clone();
    puzzle = puzzleIdentifier;
    key = newKey;
    draws = 0;
  }

  /** Returns the stream of the next noisy update of a state. */
  long nextDraw(int state) {
    return GaussianNoise.stream(key, ++draws, state);
  }

  long draws() {
    return draws;
  }

  void restoreDraws(long count) {
    draws = count;
  }

  void label(int[] newLabels) {
    labels = newLabels.clone();
  }

  void prepare(boolean isLastStep, double gradientScale) {
    lastStep = isLastStep;
    scale = gradientScale;
    Arrays.fill(puzzleGradient, 0);
  }

  double[] read(Buffer buffer) {
    double[] values = buffers.get(buffer.name());
    if (values == null) {
      throw new BackendException("plan: " + buffer + " is read before it is written");
    }
    return values;
  }

  /** Writes a value that one operation passes to the next. */
  void write(Buffer buffer, double[] values) {
    writeExactly(buffer, products.kept(values));
  }

  /** Writes a value that the published code keeps in single precision in any case. */
  void writeExactly(Buffer buffer, double[] values) {
    if (values.length != buffer.shape().size()) {
      throw new BackendException(
          "plan: %s values for %s, expected %s"
              .formatted(values.length, buffer, buffer.shape().size()));
    }
    if (noise > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] *= 1 + noise * (2 * random.nextDouble() - 1);
      }
    }
    buffers.put(buffer.name(), values);
  }

  /** Stores values of the host without rounding. */
  void feed(Buffer buffer, double[] values) {
    buffers.put(buffer.name(), values);
  }

  /** Returns how the factors of the layers' products are rounded. */
  Rounding products() {
    return products;
  }

  double[] parameter(ParameterSpec spec) {
    return parameters.values(spec);
  }

  double[] gradient(ParameterSpec spec) {
    return parameters.gradient(spec);
  }

  double[] puzzleRow() {
    return parameters.puzzleRow(puzzle);
  }

  double[] puzzleGradient() {
    return puzzleGradient;
  }

  int[] tokens() {
    return tokens;
  }

  int[] labels() {
    return labels;
  }

  int puzzle() {
    return puzzle;
  }

  boolean lastStep() {
    return lastStep;
  }

  double scale() {
    return scale;
  }

  void report(SequenceMetrics reported) {
    metrics = reported;
  }

  SequenceMetrics metrics() {
    return metrics == null ? SequenceMetrics.NONE : metrics;
  }
}
