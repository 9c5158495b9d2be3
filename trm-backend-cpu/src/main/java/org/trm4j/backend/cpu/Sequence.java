package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.SequenceMetrics;

/** What one slot holds for its puzzle. */
final class Sequence {
  final float[][] states;
  final int[] tokens;
  final int[] labels;
  final float[] logits;
  final float[] q = new float[2];
  int puzzle;

  /** Key of all draws. */
  long key;

  /** Noisy updates since the start. */
  long draws;

  boolean started;
  boolean lastStep;
  @Nullable SequenceMetrics metrics;

  Sequence(int states, int stateSize, int tokens, int logits) {
    this.states = new float[states][stateSize];
    this.tokens = new int[tokens];
    this.labels = new int[tokens];
    this.logits = new float[logits];
  }
}
