package org.trm4j.datasets.support;

import org.apiguardian.api.API;

/** A domain whose puzzles should have one solution, and that can check it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface UniqueSolution {

  /** Returns whether a question is known to have more than one solution. */
  boolean severalSolutions(int[] question);
}
