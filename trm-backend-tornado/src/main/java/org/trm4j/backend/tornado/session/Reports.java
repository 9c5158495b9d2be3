package org.trm4j.backend.tornado.session;

import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.tornado.kernel.SlotRecord;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Loss;

/** The losses of a training step, read from the device. */
final class Reports {
  private final SlotStore store;
  private final boolean continues;
  private final float[] values;

  Reports(SlotStore store, Plan plan) {
    this.store = store;
    this.continues =
        plan.training().stream()
            .anyMatch(node -> node instanceof Loss loss && loss.nextQ() != null);
    this.values = new float[store.inputs.count() * SlotRecord.REPORT];
    store.transfers.readable(store.arrays, store.arrays.reports);
  }

  SequenceMetrics[] read(boolean[] lastStep) {
    store.transfers.read(store.arrays.reports, 0, values, 0, values.length);
    SequenceMetrics[] metrics = new SequenceMetrics[lastStep.length];
    for (int slot = 0; slot < metrics.length; slot++) {
      int at = slot * SlotRecord.REPORT;
      int correct = (int) values[at + 1];
      int labelled = store.inputs.get(slot, SlotRecord.LABELLED);
      float halt = values[at + 2];
      float proceed = values[at + 3];
      double continueLoss = 0;
      if (continues) {
        float next = lastStep[slot] ? values[at + 4] : Math.max(values[at + 4], values[at + 5]);
        continueLoss = crossEntropy(proceed, 1 / (1 + Math.exp(-next)));
      }
      metrics[slot] =
          new SequenceMetrics(
              values[at],
              crossEntropy(halt, correct == labelled ? 1 : 0),
              continueLoss,
              correct,
              labelled,
              correct == labelled,
              halt,
              proceed);
    }
    return metrics;
  }

  private static double crossEntropy(double logit, double target) {
    return Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
  }
}
