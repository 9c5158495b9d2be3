package org.trm4j.jfr;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

/** A model was put on a backend. */
@Name("org.trm4j.ModelLoad")
@Label("Model load")
@Description("A model was lowered to a plan, checked and put on a backend")
@Category("TRM for Java")
@StackTrace(false)
final class ModelLoadEvent extends Event {
  @Label("Recursion")
  @Nullable String recursion;

  @Label("Puzzle Domain")
  @Nullable String domain;

  @Label("Device")
  @Nullable String device;

  @Label("Parameters")
  @Description("Numbers in all parameters of the plan")
  long parameters;

  /** Creates the event; loading begins. */
  ModelLoadEvent() {
    begin();
  }

  /** Ends the event. */
  void loaded(String policy, String puzzles, String on, long numbers) {
    if (shouldCommit()) {
      recursion = policy;
      domain = puzzles;
      device = on;
      parameters = numbers;
      commit();
    }
  }
}
