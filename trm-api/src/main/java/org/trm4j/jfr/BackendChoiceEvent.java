package org.trm4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Which backend was opened. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@Name("org.trm4j.BackendChoice")
@Label("Backend choice")
@Description("A backend was opened; those that were passed over, and why")
@Category("TRM for Java")
@StackTrace(false)
public final class BackendChoiceEvent extends Event {
  @Label("Backend")
  @Nullable String backend;

  @Label("Device")
  @Nullable String device;

  @Label("Passed Over")
  @Description("Backends of a higher priority, each with the reason")
  @Nullable String passedOver;

  /** Creates the event; opening begins. */
  public BackendChoiceEvent() {
    begin();
  }

  /** Ends the event. */
  public void opened(String id, String on, String notChosen) {
    if (shouldCommit()) {
      backend = id;
      device = on;
      passedOver = notChosen;
      commit();
    }
  }
}
