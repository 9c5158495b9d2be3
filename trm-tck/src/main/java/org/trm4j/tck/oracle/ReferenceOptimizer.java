package org.trm4j.tck.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterSpec;

/** {@link UpdateRule}, implemented literally. */
final class ReferenceOptimizer {
  private final DoubleParameters parameters;
  final Map<String, double[]> m = new LinkedHashMap<>();
  final Map<String, double[]> v = new LinkedHashMap<>();
  final Map<String, double[]> average = new LinkedHashMap<>();

  ReferenceOptimizer(DoubleParameters parameters) {
    this.parameters = parameters;
    for (ParameterSpec spec : parameters.trained()) {
      m.put(spec.name(), new double[spec.shape().intSize()]);
      v.put(spec.name(), new double[spec.shape().intSize()]);
      average.put(spec.name(), parameters.values(spec).clone());
    }
  }

  /**
   * Updates all parameters.
   *
   * @param identifiers of the rows of the puzzle embedding
   * @param rows their gradients
   */
  void update(UpdateRule rule, int[] identifiers, List<double[]> rows) {
    for (ParameterSpec spec : parameters.trained()) {
      adamAtan2(rule, spec);
      double[] p = parameters.values(spec);
      double[] a = moment(average, spec);
      for (int i = 0; i < p.length; i++) {
        a[i] = rule.averageDecay() * a[i] + (1 - rule.averageDecay()) * p[i];
      }
    }
    for (ParameterSpec spec : parameters.all()) {
      if (spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        signSgd(rule, parameters.values(spec), spec.shape().dim(1), identifiers, rows);
      }
    }
  }

  private void adamAtan2(UpdateRule rule, ParameterSpec spec) {
    double[] p = parameters.values(spec);
    double[] g = parameters.gradient(spec);
    double[] first = moment(m, spec);
    double[] second = moment(v, spec);
    double correction1 = 1 - Math.pow(rule.beta1(), rule.step());
    double correction2 = Math.sqrt(1 - Math.pow(rule.beta2(), rule.step()));
    for (int i = 0; i < p.length; i++) {
      first[i] = rule.beta1() * first[i] + (1 - rule.beta1()) * g[i];
      second[i] = rule.beta2() * second[i] + (1 - rule.beta2()) * g[i] * g[i];
      p[i] *= 1 - rule.learningRate() * rule.weightDecay();
      p[i] -=
          rule.learningRate()
              / correction1
              * Math.atan2(first[i], Math.sqrt(second[i]) / correction2);
    }
  }

  private static void signSgd(
      UpdateRule rule, double[] table, int width, int[] identifiers, List<double[]> rows) {
    Map<Integer, double[]> sums = new TreeMap<>();
    for (int row = 0; row < identifiers.length; row++) {
      double[] sum = sums.computeIfAbsent(identifiers[row], id -> new double[width]);
      for (int i = 0; i < width; i++) {
        sum[i] += rows.get(row)[i];
      }
    }
    double lr = rule.puzzleLearningRate();
    sums.forEach((id, sum) -> {
      for (int i = 0; i < width; i++) {
        int at = id * width + i;
        table[at] = table[at] * (1 - lr * rule.puzzleWeightDecay()) - lr * Math.signum(sum[i]);
      }
    });
  }

  private static double[] moment(Map<String, double[]> map, ParameterSpec spec) {
    return Objects.requireNonNull(map.get(spec.name()));
  }
}
