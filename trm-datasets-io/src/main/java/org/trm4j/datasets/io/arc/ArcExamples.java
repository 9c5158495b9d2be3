package org.trm4j.datasets.io.arc;

/** What the evaluator asks of a split. */
interface ArcExamples {

  /** Returns the name of an example's puzzle: its task and augmentation. */
  String name(int index);

  /** Returns an example's question [S]. */
  int[] input(int index);
}
