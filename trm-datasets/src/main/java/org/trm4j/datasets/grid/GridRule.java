package org.trm4j.datasets.grid;

import org.jspecify.annotations.Nullable;

/** A rule of a grid puzzle. */
interface GridRule {

  /** Returns what an answer breaks and where, or null. */
  @Nullable String breach(GridFrame.Board answer);

  /**
   * Returns what is wrong with the givens for every answer, or null.
   *
   * @param open by token whether an answer may change it
   */
  default @Nullable String contradiction(GridFrame.Board question, boolean[] open) {
    return null;
  }
}
