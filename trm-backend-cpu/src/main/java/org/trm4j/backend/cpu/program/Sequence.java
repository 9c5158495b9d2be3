package org.trm4j.backend.cpu.program;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.SequenceMetrics;
import org.trm4j.model.Shape;

/** What one slot holds for its puzzle. */
public final class Sequence {
  public final float[][] states;
  public final float[][] inputs;

  /** The plan's outputs, then its losses. */
  public final float[][] outputs;

  public final int[] tokens;
  public final int[] labels;
  public final float[] logits;
  public final float[] q = new float[2];

  /** Whether a step leaves {@link #draft} in place of {@link #logits}. */
  public boolean draftOnly;

  /** The arg-max of each row of logits. */
  public final int[] draft;

  public int puzzle;

  /** Key of all draws. */
  public long key;

  /** Noisy updates since the start. */
  public long draws;

  public boolean lastStep;
  public @Nullable SequenceMetrics metrics;

  public Sequence(
      int states, int stateSize, float[][] inputs, float[][] outputs, int tokens, Shape logits) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.states = new float[states][stateSize];
    this.tokens = new int[tokens];
    this.labels = new int[tokens];
    this.logits = new float[logits.intSize()];
    this.draft = new int[logits.dim(0)];
  }
}
