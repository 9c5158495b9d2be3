package org.trm4j.jfr;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records a supervision step where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SupervisionStepRecord {
  private final @Nullable SupervisionStepEvent event =
      FlightRecorder.PRESENT ? new SupervisionStepEvent() : null;

  /** Creates the record; the step begins. */
  public SupervisionStepRecord() {}

  /** Ends the record. */
  public void ended(int slots, boolean done) {
    if (event != null) {
      event.ended(slots, done);
    }
  }
}
