package org.trm4j.backend.cpu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.model.ParameterKind;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.ParameterLayout;
import org.trm4j.plan.Plan;

/** Moments and averages of trained parameters, and the updates of {@link UpdateRule}. */
final class Optimizer {
  /** Elements that a thread updates at a time. */
  private static final int CHUNK = 1 << 14;

  private final Plan plan;
  private final Weights weights;
  private final Kernels kernels;
  private final WorkerPool pool;
  private final List<Moments> moments = new ArrayList<>();
  private final List<int[]> chunks = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // compared by identity, never by value
  private record Moments(ParameterSpec spec, float[] first, float[] second, float[] average) {}

  Optimizer(Plan plan, Weights weights, Kernels kernels, WorkerPool pool) {
    this.plan = plan;
    this.weights = weights;
    this.kernels = kernels;
    this.pool = pool;
    for (ParameterSpec spec : plan.parameters()) {
      if (spec.kind() == ParameterKind.TRAINED) {
        int size = spec.shape().intSize();
        for (int from = 0; from < size; from += CHUNK) {
          chunks.add(new int[] {moments.size(), from, Math.min(size, from + CHUNK)});
        }
        moments.add(new Moments(spec, new float[size], new float[size], weights.raw(spec).clone()));
      }
    }
  }

  void clearGradients() {
    weights.gradients().values().forEach(gradient -> Arrays.fill(gradient, 0));
  }

  void update(UpdateRule rule, TrainingSlot[] slots) {
    List<AdamState> states =
        moments.stream()
            .map(m ->
                new AdamState(
                    weights.raw(m.spec),
                    weights.gradient(m.spec),
                    m.first,
                    m.second,
                    m.average,
                    rule))
            .toList();
    pool.run(
        chunks.size(),
        i -> {
          int[] chunk = chunks.get(i);
          kernels.update(states.get(chunk[0]), chunk[1], chunk[2]);
        });
    if (plan.config().puzzleEmbDim() > 0) {
      signSgd(rule, slots);
    }
  }

  /**
   * Sign-SGD of the rows of the batch's distinct puzzles, each with the sum of its gradients in
   * slot order.
   */
  private void signSgd(UpdateRule rule, TrainingSlot[] slots) {
    Map<Integer, double[]> sums = new LinkedHashMap<>();
    int width = plan.config().puzzleEmbDim();
    for (TrainingSlot slot : slots) {
      double[] sum = sums.computeIfAbsent(slot.puzzle, id -> new double[width]);
      for (int i = 0; i < width; i++) {
        sum[i] += slot.puzzleGradient[i];
      }
    }
    float[] table = weights.raw(ParameterLayout.PUZZLE_EMBEDDING);
    float decay = (float) (1 - rule.puzzleLearningRate() * rule.puzzleWeightDecay());
    float step = (float) rule.puzzleLearningRate();
    sums.forEach((id, sum) -> {
      for (int i = 0; i < width; i++) {
        int at = id * width + i;
        table[at] = table[at] * decay - step * (float) Math.signum(sum[i]);
      }
    });
  }

  ParameterSet averages() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    moments.forEach(m -> tensors.put(m.spec.name(), Tensor.of(m.spec.shape(), m.average.clone())));
    return new ParameterSet(tensors);
  }

  ParameterSet state() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Moments m : moments) {
      tensors.put("m." + m.spec.name(), Tensor.of(m.spec.shape(), m.first.clone()));
      tensors.put("v." + m.spec.name(), Tensor.of(m.spec.shape(), m.second.clone()));
      tensors.put("ema." + m.spec.name(), Tensor.of(m.spec.shape(), m.average.clone()));
    }
    return new ParameterSet(tensors);
  }

  void restore(ParameterSet state) {
    for (Moments m : moments) {
      restore(state, "m." + m.spec.name(), m.spec, m.first);
      restore(state, "v." + m.spec.name(), m.spec, m.second);
      restore(state, "ema." + m.spec.name(), m.spec, m.average);
    }
  }

  private static void restore(ParameterSet state, String name, ParameterSpec spec, float[] target) {
    Tensor tensor = state.get(name);
    if (!tensor.shape().equals(spec.shape())) {
      throw new IllegalArgumentException(
          "optimizer state %s: shape %s, expected %s"
              .formatted(name, tensor.shape(), spec.shape()));
    }
    tensor.copyTo(0, target, 0, target.length);
  }
}
