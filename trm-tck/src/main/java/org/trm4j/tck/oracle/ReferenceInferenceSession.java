package org.trm4j.tck.oracle;

import java.util.function.Consumer;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;

/** A carry in double precision. */
final class ReferenceInferenceSession implements InferenceSession {
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
    slots.start(slot, tokens, puzzleIdentifier, key);
  }

  @Override
  public void stop(int slot) {
    check();
    slots.get(slot).stop();
  }

  @Override
  public void step() {
    check();
    for (Workspace workspace : slots.all()) {
      if (workspace.started()) {
        Interpreter.run(plan.inference(), workspace);
      }
    }
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    check();
    Workspace workspace = slots.started(slot);
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
  public void logits(int slot, float[] target) {
    check();
    slots.copyLogits(slot, target);
  }

  @Override
  public void predictions(int slot, int[] target) {
    check();
    slots.arguments().head(plan.logits());
    double[] logits = slots.started(slot).read(plan.logits());
    int vocabulary = plan.config().vocabSize();
    slots.arguments().target("predictions", target.length, plan.config().seqLen());
    for (int i = 0; i < plan.config().seqLen(); i++) {
      target[i] = LossOracle.argMax(logits, i * vocabulary, vocabulary);
    }
  }

  @Override
  public float haltLogit(int slot) {
    check();
    slots.arguments().head(plan.q());
    return (float) slots.started(slot).read(plan.q())[0];
  }

  @Override
  public float continueLogit(int slot) {
    check();
    slots.arguments().head(plan.q());
    return (float) slots.started(slot).read(plan.q())[1];
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    check();
    slots.feed(input, slot, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    check();
    slots.read(output, slot, target, plan.outputs());
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    slots.copyState(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    slots.restoreState(name, slot, source);
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
