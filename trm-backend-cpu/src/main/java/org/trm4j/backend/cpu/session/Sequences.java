package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;

/** The sequences of a session's slots, on the heap. */
final class Sequences implements SlotTable.Memory {
  private final Plan plan;
  private final Weights weights;
  private final Sequence[] sequences;
  private final Map<Buffer, Function<Sequence, float[]>> arrays = new HashMap<>();

  Sequences(Plan plan, Weights weights, int count) {
    this.plan = plan;
    this.weights = weights;
    ModelConfig config = plan.config();
    sequences = new Sequence[count];
    int size = Math.multiplyExact(config.length(), config.hiddenSize());
    List<Buffer> outputs = outputs(plan);
    for (int i = 0; i < count; i++) {
      sequences[i] =
          new Sequence(
              plan.states().size(),
              size,
              arrays(plan.inputs()),
              arrays(outputs),
              config.seqLen(),
              plan.logits().shape());
    }
    find(plan.stateBuffers(), sequence -> sequence.states);
    find(plan.inputs(), sequence -> sequence.inputs);
    arrays.put(plan.logits(), Sequence::readableLogits);
    arrays.put(plan.q(), sequence -> sequence.q);
    find(outputs, sequence -> sequence.outputs);
  }

  private void find(List<Buffer> buffers, Function<Sequence, float[][]> place) {
    for (int i = 0; i < buffers.size(); i++) {
      int index = i;
      arrays.put(buffers.get(i), sequence -> place.apply(sequence)[index]);
    }
  }

  /** Returns what a step outputs for the host: heads, then losses. */
  static List<Buffer> outputs(Plan plan) {
    List<Buffer> outputs = new ArrayList<>(plan.outputs());
    outputs.addAll(plan.losses());
    return outputs;
  }

  private static float[][] arrays(List<Buffer> buffers) {
    return buffers.stream()
        .map(buffer -> new float[buffer.shape().intSize()])
        .toArray(float[][]::new);
  }

  Sequence get(int slot) {
    return sequences[slot];
  }

  /** Puts a puzzle into a slot and resets its states. */
  void start(int slot, int[] tokens, int puzzle, long key) {
    Sequence sequence = sequences[slot];
    System.arraycopy(tokens, 0, sequence.tokens, 0, tokens.length);
    sequence.puzzle = puzzle;
    sequence.key = key;
    sequence.draws = 0;
    for (float[] input : sequence.inputs) {
      Arrays.fill(input, 0f);
    }
    for (int i = 0; i < sequence.states.length; i++) {
      start(plan.states().get(i), GaussianNoise.stream(key, 0, i), sequence.states[i]);
    }
  }

  private void start(StateBuffer state, long stream, float[] values) {
    @Nullable ParameterSpec stored = state.stored();
    if (stored == null) {
      float std = (float) state.std();
      for (int i = 0; i < values.length; i++) {
        values[i] = std * GaussianNoise.truncated(GaussianNoise.bits(stream, i));
      }
      return;
    }
    int from = weights.offset(stored);
    int width = stored.shape().dim(0);
    for (int at = 0; at < values.length; at += width) {
      System.arraycopy(weights.values, from, values, at, width);
    }
  }

  private float[] array(int slot, Buffer buffer) {
    return Objects.requireNonNull(arrays.get(buffer), buffer.name()).apply(sequences[slot]);
  }

  @Override
  public void read(int slot, Buffer buffer, float[] target) {
    float[] values = array(slot, buffer);
    System.arraycopy(values, 0, target, 0, values.length);
  }

  @Override
  public void write(int slot, Buffer buffer, float[] source) {
    System.arraycopy(source, 0, array(slot, buffer), 0, source.length);
  }

  @Override
  public void argMax(int slot, int[] target) {
    sequences[slot].argMax(target);
  }

  /** Sets whether further steps write the arg-max in place of the logits. */
  void draftOnly(boolean only) {
    for (Sequence sequence : sequences) {
      sequence.draftOnly = only;
    }
  }
}
