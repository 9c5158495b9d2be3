package org.trm4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** Which backend was opened. */
@Name("org.trm4j.BackendChoice")
@Label("Backend choice")
@Description("A backend was opened; those that were passed over, and why")
@Category("TRM for Java")
@StackTrace(false)
final class BackendChoiceEvent extends Event {
  @Label("Backend")
  @Nullable String backend;

  @Label("Device")
  @Nullable String device;

  @Label("Passed Over")
  @Description("Backends of a higher priority, each with the reason")
  @Nullable String passedOver;

  /** Creates the event; opening begins. */
  BackendChoiceEvent() {
    begin();
  }

  /** Ends the event. */
  void opened(String id, String on, String notChosen) {
    if (shouldCommit()) {
      backend = id;
      device = on;
      passedOver = notChosen;
      commit();
    }
  }
}
