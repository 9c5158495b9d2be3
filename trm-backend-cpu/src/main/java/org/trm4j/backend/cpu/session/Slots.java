package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.program.Weights;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Loss;
import org.trm4j.plan.Plan;
import org.trm4j.plan.StateBuffer;

/** The slots of a session, with checks of what callers hand over. */
final class Slots {
  private final String session;
  private final Plan plan;
  private final Weights weights;
  private final Sequence[] sequences;

  Slots(String session, Plan plan, Weights weights, int count) {
    if (count < 1) {
      throw new BackendException("%s: %d slots, expected at least 1".formatted(session, count));
    }
    this.session = session;
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

  int count() {
    return sequences.length;
  }

  Sequence get(int slot) {
    if (slot < 0 || slot >= sequences.length) {
      throw new BackendException(
          "%s: slot %d, expected 0..%d".formatted(session, slot, sequences.length - 1));
    }
    return sequences[slot];
  }

  Sequence started(int slot) {
    Sequence sequence = get(slot);
    if (!sequence.started) {
      throw new BackendException("%s: slot %d has not been started".formatted(session, slot));
    }
    return sequence;
  }

  /** Puts a puzzle into a slot and resets its states. */
  Sequence start(int slot, int[] tokens, int puzzle, long key) {
    Sequence sequence = get(slot);
    ModelConfig config = plan.config();
    length("tokens", tokens, config.seqLen());
    for (int i = 0; i < tokens.length; i++) {
      range("tokens[" + i + "]", tokens[i], config.vocabSize());
    }
    if (config.puzzleEmbDim() > 0) {
      range("puzzleIdentifier", puzzle, config.numPuzzleIdentifiers());
    }
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
    length("labels", labels, plan.config().seqLen());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        range("labels[" + i + "]", labels[i], plan.config().vocabSize());
      }
    }
    System.arraycopy(labels, 0, sequence.labels, 0, labels.length);
  }

  void feed(String name, int slot, float[] values) {
    float[] input = started(slot).inputs[find("input", name, plan.inputs())];
    if (values.length != input.length) {
      throw new BackendException(
          "%s: input %s of length %d, expected %d"
              .formatted(session, name, values.length, input.length));
    }
    System.arraycopy(values, 0, input, 0, input.length);
  }

  void read(String name, int slot, float[] target, List<Buffer> outputs) {
    float[] output = started(slot).outputs[find("output", name, outputs)];
    target("output " + name, target.length, output.length);
    System.arraycopy(output, 0, target, 0, output.length);
  }

  private int find(String kind, String name, List<Buffer> buffers) {
    for (int i = 0; i < buffers.size(); i++) {
      if (buffers.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new BackendException(
        "%s: %s %s, expected one of %s"
            .formatted(session, kind, name, buffers.stream().map(Buffer::name).toList()));
  }

  /** Throws where the plan has no such head. */
  void has(Buffer head) {
    if (head.shape().size() == 0) {
      throw new BackendException(
          "%s: %s: the plan has no such head, it has %s"
              .formatted(session, head.name(), plan.outputs().stream().map(Buffer::name).toList()));
    }
  }

  void copyState(String name, int slot, float[] target) {
    float[] state = state(name, slot);
    target("state", target.length, state.length);
    System.arraycopy(state, 0, target, 0, state.length);
  }

  void restoreState(String name, int slot, float[] source) {
    float[] state = state(name, slot);
    if (source.length != state.length) {
      throw new BackendException(
          "%s: state %s of length %d, expected %d"
              .formatted(session, name, source.length, state.length));
    }
    System.arraycopy(source, 0, state, 0, state.length);
  }

  private float[] state(String name, int slot) {
    Sequence sequence = started(slot);
    for (int i = 0; i < plan.states().size(); i++) {
      if (plan.states().get(i).name().equals(name)) {
        return sequence.states[i];
      }
    }
    throw new BackendException(
        "%s: state %s, expected one of %s"
            .formatted(session, name, plan.states().stream().map(StateBuffer::name).toList()));
  }

  void copyLogits(int slot, float[] target) {
    has(plan.logits());
    Sequence sequence = started(slot);
    target("logits", target.length, sequence.logits.length);
    System.arraycopy(sequence.logits, 0, target, 0, sequence.logits.length);
  }

  void target(String what, int found, int expected) {
    if (found < expected) {
      throw new BackendException(
          "%s: %s target of length %d, expected %d".formatted(session, what, found, expected));
    }
  }

  private void length(String what, int[] values, int expected) {
    if (values.length != expected) {
      throw new BackendException(
          "%s: %s of length %d, expected %d (seqLen)"
              .formatted(session, what, values.length, expected));
    }
  }

  private void range(String what, int value, int limit) {
    if (value < 0 || value >= limit) {
      throw new BackendException(
          "%s: %s is %d, expected 0..%d".formatted(session, what, value, limit - 1));
    }
  }
}
