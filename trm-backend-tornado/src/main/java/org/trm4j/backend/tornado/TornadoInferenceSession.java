package org.trm4j.backend.tornado;

import java.util.Arrays;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.InferenceSession;

/** A carry on the device. */
final class TornadoInferenceSession implements InferenceSession {
  static final String NAME = "inference session";

  private final TornadoModel model;
  private final Carry carry;
  private volatile boolean closed;

  TornadoInferenceSession(TornadoModel model, Carry carry) {
    this.model = model;
    this.carry = carry;
  }

  @Override
  public int slots() {
    return carry.inputs.count();
  }

  @Override
  public void start(int slot, int[] tokens, int puzzleIdentifier, long key) {
    check();
    carry.inputs.start(slot, tokens, puzzleIdentifier);
    if (model.puzzles() != null) {
      // Only the rows of the puzzles at work are on the device: row of a slot is the slot.
      int width = model.plan().config().puzzleEmbDim();
      float[] row = new float[width];
      model.puzzles().copyTo((long) puzzleIdentifier * width, row, 0, width);
      carry.transfers.write(carry.arrays.puzzles, slot * width, row);
      carry.inputs.set(slot, Inputs.PUZZLE, slot);
    }
  }

  @Override
  public void stop(int slot) {
    check();
    carry.inputs.stop(slot);
  }

  @Override
  public void step() {
    check();
    carry.step(0f);
  }

  @Override
  public void perturb(int slot, float sigma, long seed) {
    check();
    carry.perturb(slot, sigma, seed);
  }

  @Override
  public void logits(int slot, float[] target) {
    check();
    carry.logits(slot, target);
  }

  @Override
  public void predictions(int slot, int[] target) {
    check();
    carry.inputs.checkStarted(slot);
    int tokens = model.plan().config().seqLen();
    int vocabulary = model.plan().config().vocabSize();
    carry.inputs.target("predictions", target.length, tokens);
    float[] logits = new float[tokens * vocabulary];
    carry.logits(slot, logits);
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
    carry.inputs.checkStarted(slot);
    return carry.output(slot, index);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    check();
    carry.state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    check();
    carry.restoreState(NAME, name, slot, source);
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
      model.giveBack(carry);
    }
  }
}
