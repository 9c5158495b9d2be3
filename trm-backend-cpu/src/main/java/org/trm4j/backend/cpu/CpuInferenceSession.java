package org.trm4j.backend.cpu;

import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.model.ModelConfig;

/** A carry of several slots. */
final class CpuInferenceSession implements InferenceSession {
  private final CpuModel model;
  private final ModelConfig config;
  private final Slot[] slots;
  private final int[] active;
  private boolean closed;

  private static final class Slot {
    final float[] states;
    final int[] tokens;
    final float[] logits;
    final float[] q = new float[2];
    int puzzle;
    boolean started;
    boolean stepped;

    Slot(int states, int tokens, int logits) {
      this.states = new float[states];
      this.tokens = new int[tokens];
      this.logits = new float[logits];
    }
  }

  CpuInferenceSession(CpuModel model, int count) {
    this.model = model;
    this.config = model.plan().config();
    this.slots = new Slot[count];
    this.active = new int[count];
    for (int i = 0; i < count; i++) {
      slots[i] = new Slot(model.layout.size, config.seqLen(), config.seqLen() * config.vocabSize());
    }
  }

  @Override
  public int slots() {
    return slots.length;
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier) {
    Slot target = slot(slot);
    Checks.example(config, tokens, puzzleIdentifier);
    System.arraycopy(tokens, 0, target.tokens, 0, tokens.length);
    target.puzzle = puzzleIdentifier;
    model.layout.reset(target.states);
    target.started = true;
    target.stepped = false;
  }

  @Override
  public void stop(int slot) {
    slot(slot).started = false;
  }

  @Override
  public void step() {
    checkOpen();
    int count = 0;
    for (int i = 0; i < slots.length; i++) {
      if (slots[i].started) {
        active[count++] = i;
      }
    }
    if (count >= model.pool.threads()) {
      model.pool.run(count, i -> step(slots[active[i]], false));
    } else {
      for (int i = 0; i < count; i++) {
        step(slots[active[i]], true);
      }
    }
  }

  private void step(Slot slot, boolean sharedAmongThreads) {
    Frame frame = model.borrow();
    frame.states = slot.states;
    frame.tokens = slot.tokens;
    frame.puzzle = slot.puzzle;
    if (sharedAmongThreads) {
      model.executor.shared(model.executable.steps, frame);
    } else {
      Executor.wholeSequence(model.executable.steps, frame);
    }
    Slice logits = model.executable.locator.find(model.plan().logits());
    System.arraycopy(frame.work, logits.offset(), slot.logits, 0, slot.logits.length);
    Slice q = model.executable.locator.find(model.plan().q());
    System.arraycopy(frame.work, q.offset(), slot.q, 0, 2);
    slot.stepped = true;
    model.giveBack(frame);
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    model.layout.perturb(slot(slot).states, sigma, seed);
  }

  @Override
  public void logits(int slot, float[] target) {
    float[] logits = stepped(slot).logits;
    Checks.length("logits", target.length, logits.length);
    System.arraycopy(logits, 0, target, 0, logits.length);
  }

  @Override
  public void predictions(int slot, int[] target) {
    float[] logits = stepped(slot).logits;
    Checks.length("predictions", target.length, config.seqLen());
    for (int t = 0; t < target.length; t++) {
      target[t] = ArgMax.of(logits, t * config.vocabSize(), config.vocabSize());
    }
  }

  @Override
  public float haltLogit(int slot) {
    return stepped(slot).q[0];
  }

  @Override
  public float continueLogit(int slot) {
    return stepped(slot).q[1];
  }

  @Override
  public void state(String name, int slot, float[] target) {
    model.layout.copy(name, slot(slot).states, target);
  }

  private Slot slot(int slot) {
    checkOpen();
    Checks.slot(slot, slots.length);
    return slots[slot];
  }

  private Slot stepped(int slot) {
    Slot found = slot(slot);
    if (!found.stepped) {
      throw new IllegalStateException(
          "slot %d: has no result yet, no step was run since its start".formatted(slot));
    }
    return found;
  }

  private void checkOpen() {
    if (closed || model.closed()) {
      throw BackendException.closed("inference session");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
