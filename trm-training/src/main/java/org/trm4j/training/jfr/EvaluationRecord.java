package org.trm4j.training.jfr;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records an evaluation where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class EvaluationRecord {
  private final @Nullable EvaluationEvent event =
      FlightRecorder.PRESENT ? new EvaluationEvent() : null;

  /** Creates the record; the evaluation begins. */
  public EvaluationRecord() {}

  /** Ends the record. */
  public void ended(int count, double exact, double cells, double verified) {
    if (event != null) {
      event.ended(count, exact, cells, verified);
    }
  }
}
