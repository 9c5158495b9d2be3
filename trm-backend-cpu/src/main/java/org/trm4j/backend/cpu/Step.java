package org.trm4j.backend.cpu;

/**
 * A plan operation made ready to run. It runs in phases; a phase's units (positions, channels,
 * heads) are independent of each other and may be split among threads anywhere.
 */
interface Step {

  /** Returns the number of phases. */
  int phases();

  /** Returns the number of units of a phase. */
  int units(int phase);

  /** Runs units from..to-1 of a phase; {@code tile} is the thread's own scratch. */
  void run(int phase, int from, int to, Frame frame, float[] tile);

  /** Floats of {@link Frame#shared} that it needs. */
  default int sharedSize() {
    return 0;
  }

  /** Floats of scratch that each thread needs. */
  default int tileSize() {
    return 0;
  }

  /**
   * Returns the rows of weight gradients that it adds to, all its matrices together; 0 for forward
   * operations.
   */
  default int weightUnits() {
    return 0;
  }

  /** Adds one frame's share to rows from..to-1 of its weight gradients; called after all phases. */
  default void addWeightGradient(int from, int to, Frame frame) {}
}
