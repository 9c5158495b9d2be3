package org.trm4j.backend.cpu;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.recursion.LatentState;

/** Where the latent states of one sequence lie in their array, and how they start. */
final class StateLayout {
  final Map<Buffer, Integer> offsets = new LinkedHashMap<>();
  final int size;
  private final Plan plan;
  private final Weights weights;

  StateLayout(Plan plan, Weights weights) {
    this.plan = plan;
    this.weights = weights;
    int offset = 0;
    for (Buffer state : plan.states()) {
      offsets.put(state, offset);
      offset = Math.addExact(offset, state.shape().intSize());
    }
    this.size = offset;
  }

  /** Sets every position of every state to its initial vector. */
  void reset(float[] states) {
    int offset = 0;
    for (LatentState state : plan.program().states()) {
      float[] initial = weights.raw(state.initialParameter());
      for (int position = 0; position < plan.config().length(); position++) {
        System.arraycopy(initial, 0, states, offset, initial.length);
        offset += initial.length;
      }
    }
  }

  void perturb(float[] states, float sigma, long seed) {
    int size = plan.config().length() * plan.config().hiddenSize();
    for (int k = 0; k < plan.program().states().size(); k++) {
      if (!plan.program().states().get(k).constant()) {
        for (int i = 0; i < size; i++) {
          states[k * size + i] += sigma * GaussianNoise.value(seed, k, i);
        }
      }
    }
  }

  void copy(String name, float[] states, float[] target) {
    for (Map.Entry<Buffer, Integer> entry : offsets.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        int count = entry.getKey().shape().intSize();
        Checks.length("state " + name, target.length, count);
        System.arraycopy(states, entry.getValue(), target, 0, count);
        return;
      }
    }
    throw new IllegalArgumentException(
        "state %s: not among %s"
            .formatted(name, offsets.keySet().stream().map(Buffer::name).toList()));
  }
}
