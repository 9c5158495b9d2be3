package org.trm4j.it.architecture.planted.datasets;

/** Planted: what a verifier must not reach. */
final class PlantedSolver {
  private PlantedSolver() {}

  static int[] solve(int[] question) {
    return question.clone();
  }
}
