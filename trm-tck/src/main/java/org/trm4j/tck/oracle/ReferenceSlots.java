package org.trm4j.tck.oracle;

import java.util.ArrayList;
import java.util.List;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;

/** The slots of a session, with checks of what callers hand over. */
final class ReferenceSlots {
  private final SessionArguments arguments;
  private final Plan plan;
  private final DoubleParameters parameters;
  private final List<Workspace> slots = new ArrayList<>();

  ReferenceSlots(
      String session,
      Plan plan,
      DoubleParameters parameters,
      int count,
      double noise,
      Rounding products) {
    this.arguments = new SessionArguments(session, plan, count);
    this.plan = plan;
    this.parameters = parameters;
    for (int i = 0; i < count; i++) {
      slots.add(new Workspace(parameters, noise, products));
    }
  }

  SessionArguments arguments() {
    return arguments;
  }

  Plan plan() {
    return plan;
  }

  List<Workspace> all() {
    return slots;
  }

  Workspace get(int slot) {
    arguments.slot(slot);
    return slots.get(slot);
  }

  Workspace started(int slot) {
    Workspace workspace = get(slot);
    arguments.started(slot, workspace.started());
    return workspace;
  }

  Workspace start(int slot, int[] tokens, int puzzle, long key) {
    Workspace workspace = get(slot);
    arguments.puzzle(tokens, puzzle);
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
    arguments.source("state " + name, source.length, state.shape().size());
    workspace.write(state, DoubleParameters.widen(Tensor.of(state.shape(), source.clone())));
  }

  void label(Workspace workspace, int[] labels) {
    arguments.labels(labels);
    workspace.label(labels);
  }

  Buffer state(String name) {
    return plan.states().get(arguments.state(name)).buffer();
  }

  void feed(String name, int slot, float[] values) {
    Workspace workspace = started(slot);
    Buffer input = plan.inputs().get(arguments.buffer("input", name, plan.inputs()));
    arguments.source("input " + name, values.length, input.shape().size());
    workspace.feed(input, DoubleParameters.widen(Tensor.of(input.shape(), values.clone())));
  }

  void read(String name, int slot, float[] target, List<Buffer> outputs) {
    Buffer output = outputs.get(arguments.buffer("output", name, outputs));
    copy("output " + name, started(slot).read(output), target);
  }

  void copyState(String name, int slot, float[] target) {
    copy("state", started(slot).read(state(name)), target);
  }

  void copyLogits(int slot, float[] target) {
    arguments.head(plan.logits());
    copy("logits", started(slot).read(plan.logits()), target);
  }

  private void copy(String what, double[] source, float[] target) {
    arguments.target(what, target.length, source.length);
    for (int i = 0; i < source.length; i++) {
      target[i] = (float) source[i];
    }
  }
}
