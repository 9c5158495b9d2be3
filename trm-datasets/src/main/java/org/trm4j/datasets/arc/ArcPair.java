package org.trm4j.datasets.arc;

import org.apiguardian.api.API;

/**
 * An example of a task.
 *
 * @param input the question
 * @param output the answer
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ArcPair(ArcGrid input, ArcGrid output) {
  /** Stands for a missing output: a single black cell, as in the published builder. */
  public static final ArcGrid UNKNOWN = ArcGrid.of(new int[] {0});

  /** Returns whether the output was given; a real single black cell is. */
  @SuppressWarnings("ReferenceEquality") // an equal grid may be a true answer
  public boolean known() {
    return output != UNKNOWN;
  }
}
