package org.trm4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** A call that solves puzzles, from its first to its last moment. Belongs to one thread. */
@Name("org.trm4j.Solve")
@Label("Solve")
@Description("A call of solve or solveAll, waiting for a session included")
@Category("TRM for Java")
@StackTrace(false)
final class SolveEvent extends Event {
  @Label("Slots")
  int slots;

  @Label("Answers")
  long answers;

  @Label("Verified Answers")
  long verified;

  @Label("Supervision Steps")
  @Description("Of all attempts at the answered puzzles")
  long supervisionSteps;

  @Label("Queue Time")
  @Description("Until the call had a session")
  @Timespan(Timespan.NANOSECONDS)
  long queueTime;

  @Label("Failure")
  @Description("What ended the call early; empty for a call that came to its end")
  @Nullable String failure;

  private transient long begun;

  /** Creates the event of a call that begins. */
  SolveEvent(int slots) {
    this.slots = slots;
    begun = System.nanoTime();
    queueTime = -1;
    begin();
  }

  /** Notes that the call has a session. */
  void placed() {
    queueTime = System.nanoTime() - begun;
  }

  /** Counts an answer. */
  void answered(boolean correct, long steps) {
    answers++;
    verified += correct ? 1 : 0;
    supervisionSteps += steps;
  }

  /**
   * Ends the event.
   *
   * @param thrown by the call; null if it returned
   */
  void ended(@Nullable Throwable thrown) {
    end();
    if (shouldCommit()) {
      if (queueTime < 0) {
        placed();
      }
      failure = thrown == null ? "" : thrown.toString();
      commit();
    }
  }
}
