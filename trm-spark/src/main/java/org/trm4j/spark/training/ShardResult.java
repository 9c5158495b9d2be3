package org.trm4j.spark.training;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;

/** One shard's report of a step. A plain class, because not every serializer supports records. */
final class ShardResult implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int FIGURES = 8;

  final int shard;

  /** The executor, as Spark's scheduler names it; empty if there is only this JVM. */
  final String location;

  /** Whether the executor does not have the shard, because another one had it. */
  boolean missing;

  double seconds;
  double[] figures = new double[0];
  long[] draws = new long[0];
  float[] rowGradients = new float[0];

  /** A task's own outputs and losses, of all slots in order, by name. */
  final HashMap<String, float[]> outputs = new HashMap<>();

  /** Latent states of all slots in order, by name. */
  final HashMap<String, float[]> states = new HashMap<>();

  ShardResult(int shard, String location) {
    this.shard = shard;
    this.location = location;
  }

  void metrics(SequenceMetrics[] all) {
    figures = new double[all.length * FIGURES];
    for (int slot = 0; slot < all.length; slot++) {
      SequenceMetrics m = all[slot];
      double[] one = {
        m.languageLoss(),
        m.haltLoss(),
        m.continueLoss(),
        m.correctTokens(),
        m.labelledTokens(),
        m.exact() ? 1 : 0,
        m.haltLogit(),
        m.continueLogit()
      };
      System.arraycopy(one, 0, figures, slot * FIGURES, FIGURES);
    }
  }

  SequenceMetrics metrics(int slot) {
    int at = slot * FIGURES;
    return new SequenceMetrics(
        figures[at],
        figures[at + 1],
        figures[at + 2],
        (int) figures[at + 3],
        (int) figures[at + 4],
        figures[at + 5] != 0,
        (float) figures[at + 6],
        (float) figures[at + 7]);
  }

  static ShardResult missing(int shard, String location) {
    ShardResult result = new ShardResult(shard, location);
    result.missing = true;
    return result;
  }

  /** Copies one slot's part of an output or state. */
  static void copy(@Nullable Map<String, float[]> from, String name, int slot, float[] target) {
    float[] all = from == null ? null : from.get(name);
    if (all == null) {
      throw new BackendException(
          "%s: no output or state '%s' of the last step".formatted(Shards.NAME, name));
    }
    System.arraycopy(all, slot * target.length, target, 0, target.length);
  }
}
