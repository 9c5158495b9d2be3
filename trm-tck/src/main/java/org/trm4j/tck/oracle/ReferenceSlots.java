package org.trm4j.tck.oracle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.buffer.StateBuffer;

/** The workspaces of a session's slots. */
final class ReferenceSlots implements SlotTable.Memory {
  private final SlotTable table;
  private final Plan plan;
  private final DoubleParameters parameters;
  private final List<Workspace> slots = new ArrayList<>();

  /**
   * Creates slots, none of which is in use.
   *
   * @param losses whether the plan's losses are read
   */
  ReferenceSlots(
      String session,
      Plan plan,
      DoubleParameters parameters,
      int count,
      boolean losses,
      double noise,
      Rounding products) {
    this.table = new SlotTable(new SessionArguments(session, plan, count), plan, losses, this);
    this.plan = plan;
    this.parameters = parameters;
    for (int i = 0; i < count; i++) {
      slots.add(new Workspace(parameters, noise, products));
    }
  }

  SlotTable table() {
    return table;
  }

  Plan plan() {
    return plan;
  }

  List<Workspace> all() {
    return slots;
  }

  Workspace get(int slot) {
    return slots.get(slot);
  }

  /** Puts a puzzle, in training with its labels, into a slot and resets its states. */
  Workspace start(int slot, int[] tokens, int @Nullable [] labels, int puzzle, long key) {
    table.start(slot, tokens, labels, puzzle);
    Workspace workspace = slots.get(slot);
    workspace.start(tokens, puzzle, key);
    if (labels != null) {
      workspace.label(labels);
    }
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

  @Override
  public void read(int slot, Buffer buffer, float[] target) {
    double[] source = slots.get(slot).read(buffer);
    for (int i = 0; i < source.length; i++) {
      target[i] = (float) source[i];
    }
  }

  @Override
  public void write(int slot, Buffer buffer, float[] source) {
    double[] values = DoubleParameters.widen(Tensor.of(buffer.shape(), source.clone()));
    if (buffer.role() == Buffer.Role.INPUT) {
      slots.get(slot).feed(buffer, values);
    } else {
      slots.get(slot).write(buffer, values);
    }
  }

  @Override
  public void argMax(int slot, int[] target) {
    double[] logits = slots.get(slot).read(plan.logits());
    int width = plan.logits().shape().dim(1);
    for (int row = 0; row < plan.logits().shape().dim(0); row++) {
      target[row] = LossOracle.argMax(logits, row * width, width);
    }
  }
}
