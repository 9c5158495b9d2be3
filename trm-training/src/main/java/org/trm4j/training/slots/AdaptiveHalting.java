package org.trm4j.training.slots;

import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.training.config.TrainingConfig;

/**
 * Decides which sequences of a training batch are done. At every step each sequence draws whether
 * it must continue to a minimum number of steps, so that the halting head also sees answers before
 * which it would have stopped.
 *
 * @param rule when the halting head says stop
 * @param settings the limit and the exploration
 * @param seed of the exploration; the draws follow from it, the training step and the slot, so that
 *     a resumed run needs no other state
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record AdaptiveHalting(
    RecursionProgram.HaltRule rule, TrainingConfig.Halting settings, long seed) {

  /**
   * Returns whether a sequence is done.
   *
   * @param trainingStep 1 for the first update
   * @param steps supervision steps that the sequence has had, at least 1
   */
  public boolean halted(
      long trainingStep, int slot, int steps, float haltLogit, float continueLogit) {
    boolean last = steps >= settings.maxSteps();
    boolean sure =
        switch (rule) {
          case HALT_POSITIVE -> haltLogit > 0;
          case HALT_OVER_CONTINUE -> haltLogit > continueLogit;
        };
    return last || (sure && steps >= minimum(trainingStep, slot));
  }

  private int minimum(long trainingStep, int slot) {
    SplittableRandom random =
        new SplittableRandom(
            (seed * 0x9E3779B97F4A7C15L + trainingStep) * 0xD1342543DE82EF95L + slot);
    return random.nextDouble() < settings.explorationProbability()
        ? random.nextInt(2, settings.maxSteps() + 1)
        : 0;
  }
}
