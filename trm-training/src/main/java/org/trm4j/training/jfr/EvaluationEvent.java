package org.trm4j.training.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;

/** One completed evaluation. */
@Name("org.trm4j.Evaluation")
@Label("Evaluation")
@Description("A split was solved, and its exact answers were counted")
@Category("TRM for Java")
@StackTrace(false)
final class EvaluationEvent extends Event {
  @Label("Puzzles")
  int puzzles;

  @Label("Exact")
  @Percentage
  double exact;

  @Label("Cell Accuracy")
  @Percentage
  double cells;

  @Label("Verified")
  @Percentage
  double verified;

  /** Creates the event; the evaluation begins. */
  EvaluationEvent() {
    begin();
  }

  /** Ends the event. */
  void ended(int count, double exactShare, double cellShare, double verifiedShare) {
    end();
    if (shouldCommit()) {
      puzzles = count;
      exact = exactShare;
      cells = cellShare;
      verified = verifiedShare;
      commit();
    }
  }
}
