package org.trm4j.spark.training;

import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ParameterSet;

/** The common part of training sessions on a cluster: slots in shards. */
abstract class ShardedSession implements TrainingSession {
  /** Set by the subclass before anything else is called. */
  abstract Shards shards();

  @Override
  public int slots() {
    return shards().slots();
  }

  @Override
  public void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key) {
    shards().start(slot, tokens, labels, puzzleIdentifier, key);
  }

  @Override
  public void feed(int slot, String input, float[] values) {
    shards().feed(slot, input, values);
  }

  @Override
  public void read(String output, int slot, float[] target) {
    shards().read(output, slot, target);
  }

  @Override
  public void state(String name, int slot, float[] target) {
    shards().state(name, slot, target);
  }

  @Override
  public void restoreState(String name, int slot, float[] source) {
    shards().restoreState(name, slot, source);
  }

  @Override
  public long draws(int slot) {
    return shards().draws(slot);
  }

  @Override
  public void restoreDraws(int slot, long draws) {
    shards().restoreDraws(slot, draws);
  }

  @Override
  public void assignGradients(ParameterSet gradients, int[] puzzleIdentifiers) {
    throw new BackendException(Shards.NAME + ": its gradients come from the executors");
  }

  @Override
  public void logits(int slot, float[] target) {
    throw new BackendException(Shards.NAME + ": logits stay on the executors");
  }
}
