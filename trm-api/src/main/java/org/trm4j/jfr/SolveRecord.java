package org.trm4j.jfr;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records a solve where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SolveRecord {
  private final @Nullable SolveEvent event;

  /** Creates the record of a call that begins. */
  public SolveRecord(int slots) {
    this.event = FlightRecorder.PRESENT ? new SolveEvent(slots) : null;
  }

  /** Notes that the call has a session. */
  public void placed() {
    if (event != null) {
      event.placed();
    }
  }

  /** Counts an answer. */
  public void answered(boolean correct, long steps) {
    if (event != null) {
      event.answered(correct, steps);
    }
  }

  /**
   * Ends the record.
   *
   * @param thrown by the call; null if it returned
   */
  public void ended(@Nullable Throwable thrown) {
    if (event != null) {
      event.ended(thrown);
    }
  }
}
