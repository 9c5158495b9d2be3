package org.trm4j.backend.cpu.program;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.cpu.kernel.Left;

/**
 * A sequence with the workspace of its temporary buffers, and, in training, its place in a wave.
 */
public final class Frame {
  /**
   * The workspace: temporary buffers at their offsets, then memory that the workers of one step
   * share.
   */
  public final float[] arena;

  /**
   * What the forward pass keeps for the backward pass, at the offsets of {@link KeptActivations}.
   */
  public final float[] kept;

  /** Memory of a step that workers share, made when they first share this sequence. */
  public float[] together = new float[0];

  /** Left factors that workers prepare for one another, one per block of rows. */
  public @Nullable Left[] lefts = new Left[0];

  /** Terms of a sum that workers share. One worker adds them up in order, whoever wrote them. */
  public final double[] terms;

  public Sequence sequence;

  /** Polled once a cycle; null if a step is never abandoned. */
  @Nullable Stop stop;

  /** What the first worker on this frame was told; the others follow it. */
  boolean stopped;

  private final @Nullable Wave wave;

  /** The place in the wave. */
  public int place;

  public Frame(Program program, Sequence sequence, @Nullable Wave wave) {
    this.arena = new float[program.floats];
    this.kept = new float[program.context.kept().size()];
    this.terms = new double[program.terms];
    this.sequence = sequence;
    this.wave = wave;
  }

  /** Allocates memory for workers that share the sequence. */
  void share(Program program) {
    if (together.length < program.together) {
      together = new float[program.together];
      lefts = new Left[program.context.config().length()];
    }
  }

  /** Returns the wave that the sequence is trained in. */
  public Wave wave() {
    if (wave == null) {
      throw new IllegalStateException("a backward step without a wave");
    }
    return wave;
  }
}
