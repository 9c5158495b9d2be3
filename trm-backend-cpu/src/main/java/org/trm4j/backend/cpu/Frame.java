package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;

/**
 * A sequence with the workspace of its temporary buffers, and its place in a wave where it is
 * trained.
 */
final class Frame {
  /**
   * The workspace: temporary buffers at their offsets, then memory that the workers of one step
   * share.
   */
  final float[] arena;

  /** What the forward pass keeps for the backward pass, at the offsets of {@link Kept}. */
  final float[] kept;

  Sequence sequence;

  private final @Nullable Wave wave;

  /** The place in the wave. */
  int place;

  Frame(Program program, Sequence sequence, @Nullable Wave wave) {
    this.arena = new float[program.floats];
    this.kept = new float[program.lowered.kept().size()];
    this.sequence = sequence;
    this.wave = wave;
  }

  /** Returns the wave that the sequence is trained in. */
  Wave wave() {
    if (wave == null) {
      throw new IllegalStateException("a backward step without a wave");
    }
    return wave;
  }
}
