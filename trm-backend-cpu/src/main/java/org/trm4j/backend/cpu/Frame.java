package org.trm4j.backend.cpu;

import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.SequenceMetrics;

/**
 * The memory in which one sequence is computed. The states, tokens and labels are those of the slot
 * at work.
 */
final class Frame {
  final float[] work;
  final float[] shared;
  final float[] tile;
  float[] states = {};
  int[] tokens = {};
  int[] labels = {};
  int puzzle;
  boolean lastStep;
  float gradientScale;
  float[] puzzleGradient = {};
  @Nullable SequenceMetrics metrics;

  /**
   * Allocates.
   *
   * @param work floats of the plan's buffers
   * @param shared floats that an operation's phases share
   * @param tile floats that one thread uses inside an operation
   */
  Frame(int work, int shared, int tile) {
    this.work = new float[work];
    this.shared = new float[shared];
    this.tile = new float[tile];
  }
}
