package org.trm4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One supervision step of all slots of a session. */
@Name("org.trm4j.SupervisionStep")
@Label("Supervision step")
@Description("One supervision step of all slots of a session, while solving")
@Category("TRM for Java")
@Threshold("10 ms")
@StackTrace(false)
final class SupervisionStepEvent extends Event {
  @Label("Slots")
  int slots;

  @Label("Done")
  @Description("False where the step was given up")
  boolean done;

  /** Creates the event; the step begins. */
  SupervisionStepEvent() {
    begin();
  }

  /** Ends the event. */
  void ended(int ofSlots, boolean wasDone) {
    end();
    if (shouldCommit()) {
      slots = ofSlots;
      done = wasDone;
      commit();
    }
  }
}
