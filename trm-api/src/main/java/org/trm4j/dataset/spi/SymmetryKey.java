package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/**
 * Tells which questions are the same puzzle up to a symmetry of the augmentation. Stateless; used
 * to find duplicates and test puzzles that are training puzzles in disguise.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface SymmetryKey {

  /** Returns a key that is equal for questions of one symmetry class. */
  String key(int[] question);

  /**
   * Returns whether two questions with the same key are of one symmetry class; always true if only
   * such questions share a key.
   */
  default boolean same(int[] one, int[] other) {
    return key(one).equals(key(other));
  }
}
