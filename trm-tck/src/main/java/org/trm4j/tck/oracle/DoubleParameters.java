package org.trm4j.tck.oracle;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.support.ParameterValues;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;

/** Parameters and their gradients in double precision. */
final class DoubleParameters {
  private final List<ParameterSpec> specs;
  private final Map<String, double[]> values = new LinkedHashMap<>();
  private final Map<String, double[]> gradients = new LinkedHashMap<>();

  DoubleParameters(List<ParameterSpec> specs, ParameterSet initial) {
    this.specs = specs;
    ParameterSet matched = initial.matching(specs);
    for (ParameterSpec spec : specs) {
      values.put(spec.name(), widen(matched.get(spec.name())));
      if (spec.kind() == ParameterSpec.Kind.TRAINED) {
        gradients.put(spec.name(), new double[spec.shape().intSize()]);
      }
    }
  }

  List<ParameterSpec> trained() {
    return specs.stream().filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED).toList();
  }

  List<ParameterSpec> all() {
    return specs;
  }

  double[] values(ParameterSpec spec) {
    return find(values, spec.name());
  }

  double[] values(String name) {
    return find(values, name);
  }

  double[] gradient(ParameterSpec spec) {
    return find(gradients, spec.name());
  }

  /** Returns the parameters' values in the form that backends return. */
  ParameterValues values() {
    return in(values);
  }

  /** Returns the gradients in the form that backends return. */
  ParameterValues gradients() {
    return in(gradients);
  }

  /** Returns arrays by parameter name, in the form that backends return. */
  static ParameterValues in(Map<String, double[]> arrays) {
    return new ParameterValues() {
      @Override
      public Tensor get(ParameterSpec spec) {
        return Tensor.of(spec.shape(), narrow(find(arrays, spec.name())));
      }

      @Override
      public void set(ParameterSpec spec, Tensor given) {
        double[] values = widen(given);
        System.arraycopy(values, 0, find(arrays, spec.name()), 0, values.length);
      }
    };
  }

  void clearGradients() {
    gradients.values().forEach(gradient -> Arrays.fill(gradient, 0));
  }

  int puzzleWidth() {
    return specs.stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING)
        .mapToInt(spec -> spec.shape().dim(1))
        .sum();
  }

  double[] puzzleRow(int identifier) {
    int width = puzzleWidth();
    for (ParameterSpec spec : specs) {
      if (spec.kind() == ParameterSpec.Kind.PUZZLE_EMBEDDING) {
        double[] table = values(spec);
        return Arrays.copyOfRange(table, identifier * width, (identifier + 1) * width);
      }
    }
    return new double[0];
  }

  private static double[] find(Map<String, double[]> map, String name) {
    double[] found = map.get(name);
    if (found == null) {
      throw new BackendException("parameter %s: not one of %s".formatted(name, map.keySet()));
    }
    return found;
  }

  static double[] widen(Tensor tensor) {
    float[] narrow = tensor.toArray();
    double[] wide = new double[narrow.length];
    for (int i = 0; i < narrow.length; i++) {
      wide[i] = narrow[i];
    }
    return wide;
  }

  static float[] narrow(double[] wide) {
    float[] narrow = new float[wide.length];
    for (int i = 0; i < wide.length; i++) {
      narrow[i] = (float) wide[i];
    }
    return narrow;
  }
}
