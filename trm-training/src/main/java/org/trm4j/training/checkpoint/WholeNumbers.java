package org.trm4j.training.checkpoint;

import org.trm4j.training.TrainingException;

/** Whole numbers in tensors of floats, which hold them exactly up to 2^24 and not beyond. */
final class WholeNumbers {
  private static final int EXACT = 1 << 24;

  private WholeNumbers() {}

  /** Returns the number as a float; refuses a number that a float cannot hold exactly. */
  static float exact(String what, int value) {
    if (value > EXACT || value < -EXACT) {
      throw new TrainingException(
          "resume: %s %s, expected at most %s: a run with larger ones cannot be saved"
              .formatted(what, value, EXACT));
    }
    return value;
  }

  /** Returns the whole number in a float; refuses a float that is not one. */
  static int of(String what, float value) {
    // False for NaN too.
    if (!(Math.abs(value) <= EXACT) || value != Math.rint(value)) {
      throw new TrainingException(
          "resume: %s %s, expected a whole number of at most %s".formatted(what, value, EXACT));
    }
    return (int) value;
  }
}
