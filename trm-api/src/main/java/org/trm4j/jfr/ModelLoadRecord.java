package org.trm4j.jfr;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records the loading of a model where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class ModelLoadRecord {
  private final @Nullable ModelLoadEvent event =
      FlightRecorder.PRESENT ? new ModelLoadEvent() : null;

  /** Creates the record; loading begins. */
  public ModelLoadRecord() {}

  /** Ends the record. */
  public void loaded(String policy, String puzzles, String on, long numbers) {
    if (event != null) {
      event.loaded(policy, puzzles, on, numbers);
    }
  }
}
