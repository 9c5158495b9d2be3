package org.trm4j.backend.cpu;

/** Gradients of one training step. */
final class Gradients {
  /** Gradients of trained parameters, at the offsets of their values. */
  final float[] values;

  /** Gradients of each slot's own puzzle embedding row, [slots][width]. */
  final float[][] puzzles;

  /** The factor of every loss: 1 / batch size. */
  float scale;

  Gradients(int trained, int slots, int puzzleWidth) {
    values = new float[trained];
    puzzles = new float[slots][puzzleWidth];
  }
}
