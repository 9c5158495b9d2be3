package org.trm4j.backend.tornado.session;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.tornado.kernel.SlotRecord;

/** A store on the device. */
final class TornadoInferenceSession implements InferenceSession {
  static final String NAME = "inference session";

  private final TornadoModel model;
  private final SlotStore store;
  private volatile boolean closed;

  TornadoInferenceSession(TornadoModel model, SlotStore store) {
    this.model = model;
    this.store = store;
  }

  @Override
  public int slots() {
    return store.inputs.count();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    check();
    store.start(slot, tokens, puzzleIdentifier, key);
    if (model.puzzles() != null) {
      // Only the rows of the puzzles at work are on the device: row of a slot is the slot.
      int width = model.plan().config().puzzleEmbDim();
      float[] row = new float[width];
      model.puzzles().copyTo((long) puzzleIdentifier * width, row, 0, width);
      store.transfers.write(store.arrays.puzzles, slot * width, row);
      store.inputs.set(slot, SlotRecord.PUZZLE, slot);
    }
  }

  @Override
  public void stop(int slot) {
    check();
    store.inputs.stop(slot);
  }

  @Override
  public void step() {
    step(() -> false);
  }

  @Override
  public boolean step(BooleanSupplier stop) {
    check();
    return !stop.getAsBoolean() && store.step(0f, stop);
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    check();
    store.feed(slot, input, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    check();
    store.read(output, slot, target, model.plan().outputs());
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    check();
    model.requireNoise();
    store.perturb(slot, sigma, seed);
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    store.logits(slot, target);
  }

  @Override
  public void predictions(int slot, int[] target) {
    check();
    store.inputs.arguments().head(model.plan().logits());
    store.inputs.checkStarted(slot);
    int tokens = model.plan().config().seqLen();
    int vocabulary = model.plan().config().vocabSize();
    store.inputs.arguments().target("predictions", target.length, tokens);
    float[] logits = new float[tokens * vocabulary];
    store.logits(slot, logits);
    Arrays.setAll(target, i -> i < tokens ? argMax(logits, i * vocabulary, vocabulary) : target[i]);
  }

  private static int argMax(float[] values, int from, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      best = values[from + i] > values[from + best] ? i : best;
    }
    return best;
  }

  @Override
  public float haltLogit(int slot) {
    return q(slot, 0);
  }

  @Override
  public float continueLogit(int slot) {
    return q(slot, 1);
  }

  private float q(int slot, int index) {
    check();
    store.inputs.arguments().head(model.plan().q());
    store.inputs.checkStarted(slot);
    return store.output(slot, model.plan().q(), index);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    store.state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    store.restoreState(name, slot, source);
  }

  private void check() {
    if (closed || model.isClosed()) {
      throw BackendException.closed(NAME);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      model.giveBack(store);
    }
  }
}
