package org.trm4j.backend.cpu.program;

/** Gradients of one training step. */
public final class Gradients {
  /** Gradients of trained parameters, at the offsets of their values. */
  public final float[] values;

  /** Gradients of each slot's own puzzle embedding row, [slots][width]. */
  public final float[][] puzzles;

  /** The factor of every loss: 1 / batch size. */
  public float scale;

  public Gradients(int trained, int slots, int puzzleWidth) {
    values = new float[trained];
    puzzles = new float[slots][puzzleWidth];
  }
}
