package org.trm4j.backend.tornado.session;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.support.SlotSession;
import org.trm4j.backend.support.SlotTable;
import org.trm4j.backend.tornado.kernel.SlotRecord;

/** An inference session whose slots are on the device. */
final class TornadoInferenceSession extends SlotSession implements InferenceSession {
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
    store.start(slot, tokens, null, puzzleIdentifier, key);
    if (model.puzzles() != null) {
      // Only the rows of the current puzzles are on the device, so a slot's row is the slot itself.
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
    store.stop(slot);
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
  public void perturb(int slot, float sigma, long seed) {
    check();
    model.requireNoise();
    store.perturb(slot, sigma, seed);
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
    return store.table;
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
