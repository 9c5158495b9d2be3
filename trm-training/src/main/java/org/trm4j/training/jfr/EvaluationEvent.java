package org.trm4j.training.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Percentage;
import jdk.jfr.StackTrace;
import org.apiguardian.api.API;

/** One completed evaluation. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@Name("org.trm4j.Evaluation")
@Label("Evaluation")
@Description("A split was solved, and its exact answers were counted")
@Category("TRM for Java")
@StackTrace(false)
public final class EvaluationEvent extends Event {
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
  public EvaluationEvent() {
    begin();
  }

  /** Ends the event. */
  public void ended(int count, double exactShare, double cellShare, double verifiedShare) {
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
