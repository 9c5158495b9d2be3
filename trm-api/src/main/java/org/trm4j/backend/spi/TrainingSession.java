package org.trm4j.backend.spi;

import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;

/**
 * A training run on the device: {@code batch} slots with their latent states, parameters,
 * gradients, optimizer state and moving averages. Not thread-safe.
 *
 * <p>A training step is {@link #start} for every slot that takes a new example, {@link #step},
 * {@link #update}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface TrainingSession extends TaskSession, AutoCloseable {

  /** Returns the number of slots. */
  int slots();

  /**
   * Puts an example into a slot and resets the slot's latent states to their start.
   *
   * @param tokens [S], each in 0..V-1; copied
   * @param labels [S], each in 0..V-1 or {@link org.trm4j.plan.operation.Loss#IGNORED}; copied
   * @param puzzleIdentifier row of the puzzle embedding table
   * @param key of all random draws of the plan for this example, such as {@link
   *     org.trm4j.plan.GaussianNoise#key}
   */
  void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier, long key);

  /** Puts an example into a slot with key 0. */
  default void start(int slot, int[] tokens, int[] labels, int puzzleIdentifier) {
    start(slot, tokens, labels, puzzleIdentifier, 0);
  }

  /**
   * Runs one supervision step of every slot with loss and gradient: overwrites the gradients with
   * those of the summed loss times {@code gradientScale}. Every slot must have been started.
   *
   * @param lastStep for each slot, whether this is its last allowed supervision step (only the
   *     continue target reads it)
   * @param gradientScale 1 / batch size
   * @return one entry a slot
   */
  SequenceMetrics[] step(boolean[] lastStep, float gradientScale);

  /** Applies the optimizers to the gradients of the last step, then the moving average. */
  void update(UpdateRule rule);

  /**
   * Overwrites trained parameters, as an optimizer outside the backend does after {@link
   * #gradients}.
   *
   * @param trained values of some of them, by name; the whole puzzle embedding may be among them
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default void assign(ParameterSet trained) {
    throw new BackendException(
        "training session: this backend updates parameters with AdamATan2 only; other optimizers"
            + " need a CPU backend");
  }

  /**
   * Overwrites the gradients that the next {@link #update} applies, such as with the sums over
   * sessions that train on parts of one batch; see {@link Backend.Capability#GRADIENTS}. No slot
   * need have been started. The next step makes its own again.
   *
   * @param gradients of trained parameters, by name; those that are absent stay. Under the puzzle
   *     embedding's name gradients [n, puzzleEmbDim] of rows, in place of those of the slots' rows
   * @param puzzleIdentifiers the n identifiers of these rows; an identifier may come several times
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default void assignGradients(ParameterSet gradients, int[] puzzleIdentifiers) {
    throw new BackendException(
        "training session: the backend does not declare " + Backend.Capability.GRADIENTS);
  }

  /** Returns a copy of the parameters. */
  ParameterSet parameters();

  /**
   * Returns the parameters for use before the session goes on: large ones, such as a puzzle
   * embedding of a million rows, may be the session's own, which the next {@link #update} changes
   * and {@link #close} frees.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default ParameterSet parametersInPlace() {
    return parameters();
  }

  /** Returns a copy of the moving averages, of trained parameters only. */
  ParameterSet averages();

  /**
   * Returns a copy of the last step's gradients of trained parameters, and under the puzzle
   * embedding's name the [batch, puzzleEmbDim] gradients of each slot's own row, in slot order.
   */
  ParameterSet gradients();

  /** Copies a latent state [L, D] of a slot into {@code target}. */
  void state(String name, int slot, float[] target);

  /**
   * Overwrites a latent state [L, D] of a started slot with what {@link #state} returned, so that a
   * resumed run continues exactly where it stopped.
   */
  void restoreState(String name, int slot, float[] source);

  /** Returns how many noisy updates a started slot has had since its start. */
  long draws(int slot);

  /** Overwrites what {@link #draws} returned, after a start with the same key. */
  void restoreDraws(int slot, long draws);

  /** Copies the logits [S, V] of a slot's last step into {@code target}. */
  void logits(int slot, float[] target);

  /**
   * Returns a copy of everything that a resumed run needs besides the parameters: first and second
   * moments ({@code m.NAME}, {@code v.NAME}) and averages ({@code ema.NAME}) of trained parameters.
   * The number of updates so far is the caller's.
   */
  ParameterSet optimizerState();

  /** Restores what {@link #optimizerState()} returned. */
  void restoreOptimizerState(ParameterSet state);

  /** Frees everything; a second call does nothing. */
  @Override
  void close();

  /**
   * One application of the optimizers.
   *
   * <p>Trained parameters, AdamATan2 (arXiv 2407.05872): {@code p *= 1 - lr * weightDecay; m = b1 m
   * + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= lr / (1 - b1^t) * atan2(m, sqrt(v) / sqrt(1 -
   * b2^t))}. Puzzle embedding rows, sign-SGD over the batch's distinct identifiers: {@code p = p (1
   * - lr * weightDecay) - lr * sign(sum of the row's gradients)}. Then for trained parameters
   * {@code average = decay * average + (1 - decay) * p}; averages start at the initial parameters.
   *
   * @param step t, 1 for the first update
   * @param learningRate lr of trained parameters
   * @param weightDecay of trained parameters
   * @param beta1 b1
   * @param beta2 b2
   * @param puzzleLearningRate lr of puzzle embedding rows
   * @param puzzleWeightDecay of puzzle embedding rows
   * @param averageDecay decay of the exponential moving average
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  record UpdateRule(
      long step,
      double learningRate,
      double weightDecay,
      double beta1,
      double beta2,
      double puzzleLearningRate,
      double puzzleWeightDecay,
      double averageDecay) {}

  /**
   * What a training step reports of one sequence; losses are not scaled.
   *
   * @param languageLoss mean StableMax cross-entropy over its labels
   * @param haltLoss BCE(q_halt, exact), without the factor 0.5
   * @param continueLoss BCE(q_continue, target), without the factor 0.5; 0 where the program has no
   *     continue target
   * @param correctTokens labels that the arg-max equals
   * @param labelledTokens labels that count
   * @param exact whether all labels that count are right
   * @param haltLogit q_halt
   * @param continueLogit q_continue
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  record SequenceMetrics(
      double languageLoss,
      double haltLoss,
      double continueLoss,
      int correctTokens,
      int labelledTokens,
      boolean exact,
      float haltLogit,
      float continueLogit) {

    /** What a plan reports whose losses are its terms: nothing. */
    @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
    public static final SequenceMetrics NONE = new SequenceMetrics(0, 0, 0, 0, 0, false, 0, 0);

    /** Returns the sequence's loss: language + 0.5 x (halt + continue). */
    public double loss() {
      return languageLoss + 0.5 * (haltLoss + continueLoss);
    }
  }
}
