package org.trm4j.training.jfr;

import java.util.function.DoubleSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Records a training step where there is a Flight Recorder. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class TrainingStepRecord {
  private final @Nullable TrainingStepEvent event =
      FlightRecorder.PRESENT ? new TrainingStepEvent() : null;

  /** Creates the record; the step begins. */
  public TrainingStepRecord() {}

  /** Ends the record; the loss is computed only while it is recorded. */
  public void ended(long number, int sequences, double rate, DoubleSupplier loss) {
    if (event != null) {
      event.ended(number, sequences, rate, loss);
    }
  }
}
