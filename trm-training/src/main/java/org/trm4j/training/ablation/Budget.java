package org.trm4j.training.ablation;

import java.util.Locale;
import org.apiguardian.api.API;
import org.trm4j.plan.Plan;
import org.trm4j.plan.count.FlopCounter;
import org.trm4j.training.TrainingException;

/** How long each contender of an ablation is trained. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface Budget {

  /** Returns the training steps of a model. */
  long steps(Plan plan, int batch);

  /**
   * Equal steps.
   *
   * @param count training steps
   */
  record Steps(long count) implements Budget {
    @Override
    public long steps(Plan plan, int batch) {
      return count;
    }

    @Override
    public String toString() {
      return count + " steps each";
    }
  }

  /**
   * Equal compute, counted by {@link FlopCounter}.
   *
   * @param teraFlop 1e12 floating-point operations
   */
  record Compute(double teraFlop) implements Budget {
    @Override
    public long steps(Plan plan, int batch) {
      double step = FlopCounter.count(plan.training()) * batch;
      long steps = (long) (teraFlop * 1e12 / step);
      if (steps < 1) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "budget of %s TFLOP: one training step of %s takes %.3f",
                teraFlop,
                plan.name(),
                step / 1e12));
      }
      return steps;
    }

    @Override
    public String toString() {
      return teraFlop + " TFLOP each";
    }
  }
}
