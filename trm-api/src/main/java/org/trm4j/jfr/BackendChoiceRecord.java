package org.trm4j.jfr;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records the choice of a backend where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class BackendChoiceRecord {
  private final @Nullable BackendChoiceEvent event =
      FlightRecorder.PRESENT ? new BackendChoiceEvent() : null;

  /** Creates the record; opening begins. */
  public BackendChoiceRecord() {}

  /** Ends the record. */
  public void opened(String id, String on, String notChosen) {
    if (event != null) {
      event.opened(id, on, notChosen);
    }
  }
}
