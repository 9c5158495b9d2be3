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
   * @param key of all that the plan draws for this example, such as {@link
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
   * resumed run goes on exactly where it was.
   */
  void restoreState(String name, int slot, float[] source);

  /** Returns how many noisy updates a started slot has had since its start. */
  long draws(int slot);

  /** Overwrites what {@link #draws} returned, after a start with the same key. */
  void restoreDraws(int slot, long draws);

  /** Copies the logits [S, V] of a slot's last step into {@code target}. */
  void logits(int slot, float[] target);

  /**
   * Returns a copy of all that a resumed run needs besides the parameters: first and second moments
   * ({@code m.NAME}, {@code v.NAME}) and averages ({@code ema.NAME}) of trained parameters. The
   * number of updates so far is the caller's.
   */
  ParameterSet optimizerState();

  /** Restores what {@link #optimizerState()} returned. */
  void restoreOptimizerState(ParameterSet state);

  /** Frees everything; a second call does nothing. */
  @Override
  void close();
}
