package org.trm4j.backend.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession.View;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;

/**
 * The slots of a session: which are in use, and what callers read and write, with all checks. The
 * backend decides where their buffers are ({@link Memory}).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SlotTable {
  private final SessionArguments arguments;
  private final Plan plan;
  private final List<Buffer> outputs;
  private final boolean[] started;
  private final Memory memory;
  private final Set<View> views = EnumSet.allOf(View.class);

  /** The buffers of slots, wherever a backend keeps them. Slots and lengths are already checked. */
  public interface Memory {

    /** Copies a latent state, or an output or loss of the last step. */
    void read(int slot, Buffer buffer, float[] target);

    /** Overwrites a latent state or an input. */
    void write(int slot, Buffer buffer, float[] source);

    /** Writes the arg-max of each position of the last step, the first of equal ones. */
    void argMax(int slot, int[] target);
  }

  /**
   * Creates slots of which none is in use.
   *
   * @param losses whether the plan's losses are read as its outputs are
   */
  public SlotTable(SessionArguments arguments, Plan plan, boolean losses, Memory memory) {
    this.arguments = arguments;
    this.plan = plan;
    this.memory = memory;
    this.started = new boolean[arguments.slots()];
    this.outputs = new ArrayList<>(plan.outputs());
    if (losses) {
      outputs.addAll(plan.losses());
    }
  }

  /** Returns the checks of the session. */
  public SessionArguments arguments() {
    return arguments;
  }

  /** Returns the number of slots. */
  public int count() {
    return started.length;
  }

  /**
   * Checks an example and takes its slot into use.
   *
   * @param labels null in a session that does not train
   */
  public void start(int slot, int[] tokens, int @Nullable [] labels, int identifier) {
    arguments.slot(slot);
    arguments.puzzle(tokens, identifier);
    if (labels != null) {
      arguments.labels(labels);
    }
    started[slot] = true;
  }

  /** Frees a slot. */
  public void stop(int slot) {
    arguments.slot(slot);
    started[slot] = false;
  }

  /** Frees all slots. */
  public void stopAll() {
    Arrays.fill(started, false);
  }

  /** Returns whether a slot is in use. */
  public boolean isStarted(int slot) {
    return started[slot];
  }

  /** Checks that a slot is in use. */
  public void require(int slot) {
    arguments.slot(slot);
    arguments.started(slot, started[slot]);
  }

  /** Checks that a training step can run: every slot is in use, with a flag for each. */
  public void requireAll(boolean[] lastStep) {
    arguments.lastStep(lastStep);
    for (int slot = 0; slot < started.length; slot++) {
      require(slot);
    }
  }

  /** Sets which views of the logits are read from now on. */
  public void views(Set<View> wanted) {
    views.clear();
    views.addAll(wanted);
  }

  private void view(View view) {
    if (!views.contains(view)) {
      throw new BackendException(
          "%s: %s is read, but the session was asked for %s only"
              .formatted(arguments.session(), view, views));
    }
  }

  /** Overwrites an input. */
  public void feed(int slot, String name, float[] values) {
    require(slot);
    Buffer input = plan.inputs().get(arguments.buffer("input", name, plan.inputs()));
    arguments.source("input " + name, values.length, input.shape().size());
    memory.write(slot, input, values);
  }

  /** Copies an output or loss. */
  public void read(int slot, String name, float[] target) {
    require(slot);
    copy("output " + name, slot, outputs.get(arguments.buffer("output", name, outputs)), target);
  }

  /** Copies a latent state. */
  public void state(int slot, String name, float[] target) {
    require(slot);
    copy("state", slot, state(name), target);
  }

  /** Overwrites a latent state. */
  public void restoreState(int slot, String name, float[] source) {
    require(slot);
    Buffer state = state(name);
    arguments.source("state " + name, source.length, state.shape().size());
    memory.write(slot, state, source);
  }

  private Buffer state(String name) {
    return plan.states().get(arguments.state(name)).buffer();
  }

  /** Copies the logits. */
  public void logits(int slot, float[] target) {
    arguments.head(plan.logits());
    require(slot);
    view(View.LOGITS);
    copy("logits", slot, plan.logits(), target);
  }

  /** Writes the arg-max of each position. */
  public void predictions(int slot, int[] target) {
    arguments.head(plan.logits());
    require(slot);
    view(View.ARG_MAX);
    arguments.target("predictions", target.length, plan.config().seqLen());
    memory.argMax(slot, target);
  }

  /** Returns one of the halting logits. */
  public float q(int slot, int index) {
    arguments.head(plan.q());
    require(slot);
    float[] values = new float[plan.q().shape().intSize()];
    memory.read(slot, plan.q(), values);
    return values[index];
  }

  private void copy(String what, int slot, Buffer buffer, float[] target) {
    arguments.target(what, target.length, buffer.shape().intSize());
    memory.read(slot, buffer, target);
  }
}
