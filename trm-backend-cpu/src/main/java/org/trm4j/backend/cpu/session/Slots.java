package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;

/** The slots of a session, with checks of what callers hand over. */
final class Slots {
  private final SessionArguments arguments;
  private final Plan plan;
  private final Weights weights;
  private final Sequence[] sequences;

  Slots(String session, Plan plan, Weights weights, int count) {
    this.arguments = new SessionArguments(session, plan, count);
    this.plan = plan;
    this.weights = weights;
    ModelConfig config = plan.config();
    sequences = new Sequence[count];
    int size = Math.multiplyExact(config.length(), config.hiddenSize());
    int logits = plan.logits().shape().intSize();
    List<Buffer> outputs = outputs(plan);
    for (int i = 0; i < count; i++) {
      sequences[i] =
          new Sequence(
              plan.states().size(),
              size,
              arrays(plan.inputs()),
              arrays(outputs),
              config.seqLen(),
              logits);
    }
  }

  /** Returns what a step leaves for the host: heads, then losses. */
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

  SessionArguments arguments() {
    return arguments;
  }

  int count() {
    return sequences.length;
  }

  Sequence get(int slot) {
    arguments.slot(slot);
    return sequences[slot];
  }

  Sequence started(int slot) {
    Sequence sequence = get(slot);
    arguments.started(slot, sequence.started);
    return sequence;
  }

  /** Puts a puzzle into a slot and resets its states. */
  Sequence start(int slot, int[] tokens, int puzzle, long key) {
    Sequence sequence = get(slot);
    arguments.puzzle(tokens, puzzle);
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
    sequence.started = true;
    return sequence;
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

  void labels(Sequence sequence, int[] labels) {
    arguments.labels(labels);
    System.arraycopy(labels, 0, sequence.labels, 0, labels.length);
  }

  void feed(String name, int slot, float[] values) {
    float[] input = started(slot).inputs[arguments.buffer("input", name, plan.inputs())];
    arguments.source("input " + name, values.length, input.length);
    System.arraycopy(values, 0, input, 0, input.length);
  }

  void read(String name, int slot, float[] target, List<Buffer> outputs) {
    float[] output = started(slot).outputs[arguments.buffer("output", name, outputs)];
    arguments.target("output " + name, target.length, output.length);
    System.arraycopy(output, 0, target, 0, output.length);
  }

  void copyState(String name, int slot, float[] target) {
    float[] state = state(name, slot);
    arguments.target("state", target.length, state.length);
    System.arraycopy(state, 0, target, 0, state.length);
  }

  void restoreState(String name, int slot, float[] source) {
    float[] state = state(name, slot);
    arguments.source("state " + name, source.length, state.length);
    System.arraycopy(source, 0, state, 0, state.length);
  }

  private float[] state(String name, int slot) {
    return started(slot).states[arguments.state(name)];
  }

  void copyLogits(int slot, float[] target) {
    arguments.head(plan.logits());
    Sequence sequence = started(slot);
    arguments.target("logits", target.length, sequence.logits.length);
    System.arraycopy(sequence.logits, 0, target, 0, sequence.logits.length);
  }
}
