package org.trm4j.tck.oracle;

import java.util.Set;
import java.util.function.Consumer;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;

/** The latent states of the slots, in double precision. */
final class ReferenceInferenceSession extends SlotSession implements InferenceSession {
  private static final String NAME = "inference session";

  private final ReferenceSlots slots;
  private final Plan plan;
  private final Consumer<String> ownerCheck;
  private boolean closed;

  ReferenceInferenceSession(ReferenceSlots slots, Consumer<String> ownerCheck) {
    this.slots = slots;
    this.plan = slots.plan();
    this.ownerCheck = ownerCheck;
  }

  @Override
  public int slots() {
    return slots.all().size();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    check();
    slots.start(slot, tokens, null, puzzleIdentifier, key);
  }

  @Override
  public void stop(int slot) {
    table().stop(slot);
  }

  @Override
  public void step() {
    check();
    for (int slot = 0; slot < slots(); slot++) {
      if (slots.table().isStarted(slot)) {
        Interpreter.run(plan.inference(), slots.get(slot));
      }
    }
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    table().require(slot);
    Workspace workspace = slots.get(slot);
    for (int k = 0; k < plan.states().size(); k++) {
      if (!plan.states().get(k).constant()) {
        double[] state = workspace.read(plan.states().get(k).buffer()).clone();
        long stream = GaussianNoise.stream(seed, 0, k);
        for (int i = 0; i < state.length; i++) {
          state[i] += sigma * GaussianNoise.value(stream, i);
        }
        workspace.write(plan.states().get(k).buffer(), state);
      }
    }
  }

  @Override
  public void views(Set<View> views) {
    table().views(views);
  }

  @Override
  public void predictions(int slot, int[] target) {
    table().predictions(slot, target);
  }

  @Override
  public float haltLogit(int slot) {
    return table().q(slot, 0);
  }

  @Override
  public float continueLogit(int slot) {
    return table().q(slot, 1);
  }

  @Override
  protected SlotTable table() {
    check();
    return slots.table();
  }

  private void check() {
    ownerCheck.accept(NAME);
    if (closed) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
