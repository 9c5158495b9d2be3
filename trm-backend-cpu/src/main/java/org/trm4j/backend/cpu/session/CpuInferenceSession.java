package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.cpu.kernel.ArgMax;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Program;
import org.trm4j.backend.cpu.program.Runner;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;

/** A carry on the heap. */
final class CpuInferenceSession implements InferenceSession {
  private static final String NAME = "inference session";

  private final CpuModel model;
  final Slots slots;
  private final Runner runner;
  private final Frame[] frames;
  private final Worker.Memory memory = new Worker.Memory();
  private volatile boolean closed;

  CpuInferenceSession(CpuModel model, int count) {
    this.model = model;
    Plan plan = model.plan();
    this.slots = new Slots(NAME, plan, model.weights(), count);
    Program program = model.program();
    this.runner = new Runner(program, plan, plan.outputs());
    // No worker has a sequence of its own beyond the number of slots.
    this.frames = new Frame[Math.min(count, model.team().size())];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new Frame(program, slots.get(0), null);
    }
  }

  @Override
  public int slots() {
    return slots.count();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    check();
    slots.start(slot, tokens, puzzleIdentifier, key);
  }

  @Override
  public void stop(int slot) {
    check();
    slots.get(slot).started = false;
  }

  @Override
  public void step() {
    step(() -> false);
  }

  @Override
  public boolean step(BooleanSupplier stop) {
    check();
    List<Sequence> active = new ArrayList<>(slots.count());
    for (int i = 0; i < slots.count(); i++) {
      if (slots.get(i).started) {
        active.add(slots.get(i));
      }
    }
    if (stop.getAsBoolean()) {
      return false;
    }
    boolean done = active.isEmpty() || runner.infer(model.team(), active, frames, memory, stop);
    if (!done) {
      active.forEach(sequence -> sequence.started = false);
    }
    return done;
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    check();
    Sequence sequence = slots.started(slot);
    for (int k = 0; k < sequence.states.length; k++) {
      if (!model.plan().states().get(k).constant()) {
        float[] state = sequence.states[k];
        long stream = GaussianNoise.stream(seed, 0, k);
        model.kernels().addNormals(state, 0, 0, state.length, sigma, stream);
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
    slots.arguments().head(model.plan().logits());
    Sequence sequence = slots.started(slot);
    int vocabulary = model.plan().config().vocabSize();
    slots.arguments().target("predictions", target.length, sequence.tokens.length);
    for (int i = 0; i < sequence.tokens.length; i++) {
      target[i] = ArgMax.of(sequence.logits, i * vocabulary, vocabulary);
    }
  }

  @Override
  public float haltLogit(int slot) {
    check();
    slots.arguments().head(model.plan().q());
    return slots.started(slot).q[0];
  }

  @Override
  public float continueLogit(int slot) {
    check();
    slots.arguments().head(model.plan().q());
    return slots.started(slot).q[1];
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    check();
    slots.feed(input, slot, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    check();
    slots.read(output, slot, target, model.plan().outputs());
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
    if (closed || model.isClosed()) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
