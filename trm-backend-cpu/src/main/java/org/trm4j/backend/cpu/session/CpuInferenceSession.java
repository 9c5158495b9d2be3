package org.trm4j.backend.cpu.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.cpu.program.Frame;
import org.trm4j.backend.cpu.program.Program;
import org.trm4j.backend.cpu.program.Runner;
import org.trm4j.backend.cpu.program.Sequence;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.support.SessionArguments;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.Plan;

/** The latent states of the slots, on the heap. */
final class CpuInferenceSession extends SlotSession implements InferenceSession {
  private static final String NAME = "inference session";

  private final CpuModel model;
  private final SlotTable table;
  final Sequences sequences;
  private final Runner runner;
  private final Frame[] frames;
  private final Worker.Memory memory = new Worker.Memory();
  private volatile boolean closed;

  CpuInferenceSession(CpuModel model, int count) {
    this.model = model;
    Plan plan = model.plan();
    SessionArguments arguments = new SessionArguments(NAME, plan, count);
    this.sequences = new Sequences(plan, model.weights(), count);
    this.table = new SlotTable(arguments, plan, false, sequences);
    Program program = model.program();
    this.runner = new Runner(program, plan, plan.outputs());
    // No more workers than slots have a sequence of their own.
    this.frames = new Frame[Math.min(count, model.team().size())];
    for (int i = 0; i < frames.length; i++) {
      frames[i] = new Frame(program, sequences.get(0), null);
    }
  }

  @Override
  public int slots() {
    return table.count();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    check();
    table.start(slot, tokens, null, puzzleIdentifier);
    sequences.start(slot, tokens, puzzleIdentifier, key);
  }

  @Override
  public void stop(int slot) {
    table().stop(slot);
  }

  @Override
  public void step() {
    step(() -> false);
  }

  @Override
  public boolean step(BooleanSupplier stop) {
    check();
    List<Sequence> active = new ArrayList<>(table.count());
    for (int i = 0; i < table.count(); i++) {
      if (table.isStarted(i)) {
        active.add(sequences.get(i));
      }
    }
    if (stop.getAsBoolean()) {
      return false;
    }
    boolean done = active.isEmpty() || runner.infer(model.team(), active, frames, memory, stop);
    if (!done) {
      table.stopAll();
    }
    return done;
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    table().require(slot);
    Sequence sequence = sequences.get(slot);
    for (int k = 0; k < sequence.states.length; k++) {
      if (!model.plan().states().get(k).constant()) {
        float[] state = sequence.states[k];
        long stream = GaussianNoise.stream(seed, 0, k);
        model.kernels().addNormals(state, 0, 0, state.length, sigma, stream);
      }
    }
  }

  @Override
  public void views(Set<View> views) {
    table().views(views);
    sequences.draftOnly(!views.contains(View.LOGITS));
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
    return table;
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
