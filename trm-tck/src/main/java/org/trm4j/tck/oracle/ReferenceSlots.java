package org.trm4j.tck.oracle;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Loss;
import org.trm4j.plan.Plan;
import org.trm4j.plan.StateBuffer;

/** The slots of a session, with checks of what callers hand over. */
final class ReferenceSlots {
  private final String session;
  private final Plan plan;
  private final DoubleParameters parameters;
  private final List<Workspace> slots = new ArrayList<>();

  ReferenceSlots(String session, Plan plan, DoubleParameters parameters, int count, double noise) {
    if (count < 1) {
      throw new BackendException("%s: %d slots, expected at least 1".formatted(session, count));
    }
    this.session = session;
    this.plan = plan;
    this.parameters = parameters;
    for (int i = 0; i < count; i++) {
      slots.add(new Workspace(parameters, noise));
    }
  }

  Plan plan() {
    return plan;
  }

  List<Workspace> all() {
    return slots;
  }

  Workspace get(int slot) {
    if (slot < 0 || slot >= slots.size()) {
      throw new BackendException(
          "%s: slot %d, expected 0..%d".formatted(session, slot, slots.size() - 1));
    }
    return slots.get(slot);
  }

  Workspace started(int slot) {
    Workspace workspace = get(slot);
    if (!workspace.started()) {
      throw new BackendException("%s: slot %d has not been started".formatted(session, slot));
    }
    return workspace;
  }

  Workspace start(int slot, int[] tokens, int puzzle, long key) {
    Workspace workspace = get(slot);
    ModelConfig config = plan.config();
    length("tokens", tokens.length, config.seqLen());
    for (int i = 0; i < tokens.length; i++) {
      range("tokens[" + i + "]", tokens[i], config.vocabSize());
    }
    if (config.puzzleEmbDim() > 0) {
      range("puzzleIdentifier", puzzle, config.numPuzzleIdentifiers());
    }
    workspace.start(tokens, puzzle, key);
    plan.inputs().forEach(i -> workspace.feed(i, new double[i.shape().intSize()]));
    for (int k = 0; k < plan.states().size(); k++) {
      StateBuffer state = plan.states().get(k);
      workspace.write(state.buffer(), start(state, GaussianNoise.stream(key, 0, k)));
    }
    return workspace;
  }

  private double[] start(StateBuffer state, long stream) {
    double[] values = new double[state.shape().intSize()];
    ParameterSpec stored = state.stored();
    double[] row = stored == null ? new double[0] : parameters.values(stored);
    for (int i = 0; i < values.length; i++) {
      values[i] =
          stored == null
              ? state.std() * GaussianNoise.truncated(GaussianNoise.bits(stream, i))
              : row[i % row.length];
    }
    return values;
  }

  void restoreState(String name, int slot, float[] source) {
    Workspace workspace = started(slot);
    Buffer state = state(name);
    if (source.length != state.shape().size()) {
      throw new BackendException(
          "%s: state %s of length %d, expected %d"
              .formatted(session, name, source.length, state.shape().size()));
    }
    workspace.write(state, DoubleParameters.widen(Tensor.of(state.shape(), source.clone())));
  }

  void label(Workspace workspace, int[] labels) {
    length("labels", labels.length, plan.config().seqLen());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        range("labels[" + i + "]", labels[i], plan.config().vocabSize());
      }
    }
    workspace.label(labels);
  }

  Buffer state(String name) {
    return plan.states().stream()
        .filter(state -> state.name().equals(name))
        .map(StateBuffer::buffer)
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "%s: state %s, expected one of %s"
                    .formatted(
                        session, name, plan.states().stream().map(StateBuffer::name).toList())));
  }

  void feed(String name, int slot, float[] values) {
    Workspace workspace = started(slot);
    Buffer input = find("input", name, plan.inputs());
    if (values.length != input.shape().size()) {
      throw new BackendException(
          "%s: input %s of length %d, expected %d"
              .formatted(session, name, values.length, input.shape().size()));
    }
    workspace.feed(input, DoubleParameters.widen(Tensor.of(input.shape(), values.clone())));
  }

  void read(String name, int slot, float[] target, List<Buffer> outputs) {
    Buffer output = find("output", name, outputs);
    copy("output " + name, started(slot).read(output), target);
  }

  private Buffer find(String kind, String name, List<Buffer> buffers) {
    return buffers.stream()
        .filter(buffer -> buffer.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new BackendException(
                "%s: %s %s, expected one of %s"
                    .formatted(session, kind, name, buffers.stream().map(Buffer::name).toList())));
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
    copy("state", started(slot).read(state(name)), target);
  }

  void copyLogits(int slot, float[] target) {
    has(plan.logits());
    copy("logits", started(slot).read(plan.logits()), target);
  }

  private void copy(String what, double[] source, float[] target) {
    target(what, target.length, source.length);
    for (int i = 0; i < source.length; i++) {
      target[i] = (float) source[i];
    }
  }

  void target(String what, int found, int expected) {
    if (found < expected) {
      throw new BackendException(
          "%s: %s target of length %d, expected %d".formatted(session, what, found, expected));
    }
  }

  private void length(String what, int found, int expected) {
    if (found != expected) {
      throw new BackendException(
          "%s: %s of length %d, expected %d (seqLen)".formatted(session, what, found, expected));
    }
  }

  private void range(String what, int value, int limit) {
    if (value < 0 || value >= limit) {
      throw new BackendException(
          "%s: %s is %d, expected 0..%d".formatted(session, what, value, limit - 1));
    }
  }
}
