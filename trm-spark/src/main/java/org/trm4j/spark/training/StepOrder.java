package org.trm4j.spark.training;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/**
 * The order for all shards in a step.
 *
 * @param session id of the training session
 * @param number of the step, from 1
 * @param kind the kind of order
 * @param gradientScale as {@link org.trm4j.backend.spi.TrainingSession#step} takes it
 * @param model description of the model, as a file without parameters
 * @param maxSteps supervision steps of an example at most
 * @param backend as {@code trm train} takes it
 * @param local whether shards update by themselves
 * @param weights broadcast; null if the parameters have not changed
 * @param rule of an update that the shards apply first, as {@link #numbers} returns it; empty for
 *     none
 */
@SuppressWarnings("ArrayRecordComponent") // serialised as it is
record StepOrder(
    String session,
    long number,
    Kind kind,
    float gradientScale,
    byte[] model,
    int maxSteps,
    String backend,
    boolean local,
    @Nullable Broadcast<Weights> weights,
    double[] rule)
    implements Serializable {
  /** The kind of order. */
  enum Kind {
    /** One supervision step, whose gradients are summed. */
    STEP,
    /** One supervision step, whose gradients stay on the executors. */
    LOCAL_STEP,
    /** The difference of the parameters from the last broadcast ones. */
    CHANGE,
    /** First and second moments of the shards' own updates. */
    MOMENTS,
    /** The current latent states. */
    STATES,
    /** Releases the shards. */
    CLOSE;

    boolean steps() {
      return this == STEP || this == LOCAL_STEP;
    }
  }

  static double[] numbers(UpdateRule rule) {
    return new double[] {
      rule.step(),
      rule.learningRate(),
      rule.weightDecay(),
      rule.beta1(),
      rule.beta2(),
      rule.puzzleLearningRate(),
      rule.puzzleWeightDecay(),
      rule.averageDecay()
    };
  }

  UpdateRule update() {
    return new UpdateRule(
        (long) rule[0], rule[1], rule[2], rule[3], rule[4], rule[5], rule[6], rule[7]);
  }
}
