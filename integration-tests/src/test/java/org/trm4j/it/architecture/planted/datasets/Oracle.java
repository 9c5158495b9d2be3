package org.trm4j.it.architecture.planted.datasets;

/** Planted: a way from a verifier to a solver. */
final class Oracle {
  private Oracle() {}

  static int[] answer(int[] question) {
    return PlantedSolver.solve(question);
  }
}
