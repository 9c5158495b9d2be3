package org.trm4j.spark.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.task.ParameterLayout;

/**
 * A plan's trained parameters as one array, in the order of the plan; on request, the puzzle
 * embedding follows at the end.
 */
final class Flat {
  private final List<ParameterSpec> trained;
  private final List<ParameterSpec> all;
  private final List<ParameterSpec> constants;
  private final int puzzleWidth;

  /** Holds the trained parameters. */
  Flat(Plan plan) {
    this(plan, false);
  }

  private Flat(Plan plan, boolean table) {
    trained = of(plan, ParameterSpec.Kind.TRAINED);
    List<ParameterSpec> tables = of(plan, ParameterSpec.Kind.PUZZLE_EMBEDDING);
    constants =
        plan.parameters().stream()
            .filter(spec -> !trained.contains(spec) && !tables.contains(spec))
            .toList();
    puzzleWidth = tables.stream().mapToInt(spec -> spec.shape().dim(1)).sum();
    all =
        table
            ? java.util.stream.Stream.concat(trained.stream(), tables.stream()).toList()
            : trained;
  }

  /** Holds the trained parameters and the puzzle embedding. */
  static Flat withTable(Plan plan) {
    return new Flat(plan, true);
  }

  private static List<ParameterSpec> of(Plan plan, ParameterSpec.Kind kind) {
    return plan.parameters().stream().filter(spec -> spec.kind() == kind).toList();
  }

  /** Returns the columns of the puzzle embedding; 0 if there is none. */
  int puzzleWidth() {
    return puzzleWidth;
  }

  int trainedSize() {
    return size(trained);
  }

  private static int size(List<ParameterSpec> specs) {
    int size = 0;
    for (ParameterSpec spec : specs) {
      size = Math.addExact(size, spec.shape().intSize());
    }
    return size;
  }

  float[] of(ParameterSet set) {
    return of("", set);
  }

  float[] of(String prefix, ParameterSet set) {
    return values(all, prefix, set);
  }

  float[] trainedOf(String prefix, ParameterSet set) {
    return values(trained, prefix, set);
  }

  private static float[] values(List<ParameterSpec> specs, String prefix, ParameterSet set) {
    float[] values = new float[size(specs)];
    int at = 0;
    for (ParameterSpec spec : specs) {
      int count = spec.shape().intSize();
      set.get(prefix + spec.name()).copyTo(0, values, at, count);
      at += count;
    }
    return values;
  }

  /** Returns the values that training does not change, such as the states' starts. */
  float[] constants(ParameterSet set) {
    return values(constants, "", set);
  }

  Map<String, Tensor> constantTensors(float[] values) {
    return tensors(constants, "", values);
  }

  /** Returns the rows of the puzzle embedding, or of its gradients. */
  float[] puzzles(ParameterSet set) {
    return puzzleWidth == 0 ? new float[0] : set.get(ParameterLayout.PUZZLE_EMBEDDING).toArray();
  }

  Map<String, Tensor> tensors(String prefix, float[] values) {
    return tensors(all, prefix, values);
  }

  Map<String, Tensor> trainedOnly(String prefix, float[] values) {
    return tensors(trained, prefix, values);
  }

  private static Map<String, Tensor> tensors(
      List<ParameterSpec> specs, String prefix, float[] values) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    int at = 0;
    for (ParameterSpec spec : specs) {
      int count = spec.shape().intSize();
      tensors.put(
          prefix + spec.name(),
          Tensor.of(spec.shape(), Arrays.copyOfRange(values, at, at + count)));
      at += count;
    }
    return tensors;
  }
}
