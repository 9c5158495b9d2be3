package org.trm4j.training.jfr;

import java.util.function.DoubleSupplier;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

/** One training step. */
@Name("org.trm4j.TrainingStep")
@Label("Training step")
@Description("One supervision step of all slots, with gradients and one update")
@Category("TRM for Java")
@Threshold("10 ms")
@StackTrace(false)
final class TrainingStepEvent extends Event {
  @Label("Step")
  long step;

  @Label("Sequences")
  int sequences;

  @Label("Loss")
  @Description("Mean over the sequences of this step")
  double loss;

  @Label("Learning Rate")
  double learningRate;

  /** Creates the event; the step begins. */
  TrainingStepEvent() {
    begin();
  }

  /** Ends the event; the loss is computed only while it is recorded. */
  void ended(long number, int ofSequences, double rate, DoubleSupplier itsLoss) {
    end();
    if (shouldCommit()) {
      step = number;
      sequences = ofSequences;
      learningRate = rate;
      loss = itsLoss.getAsDouble();
      commit();
    }
  }
}
