package org.trm4j.backend.spi;

import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;

/**
 * Several slots on the device, each with its own puzzle and latent states. Not thread-safe;
 * sessions of one model may be used by different threads at the same time.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface InferenceSession extends TaskSession, AutoCloseable {

  /** A form in which a step returns its logits [S, V]. */
  enum View {
    /** The logits themselves: {@link #logits}. */
    LOGITS,
    /** The arg-max token of each position, made where the logits are: {@link #predictions}. */
    ARG_MAX
  }

  /** Returns the number of slots. */
  int slots();

  /**
   * Puts a puzzle into a slot and resets the slot's latent states to their start.
   *
   * @param tokens [S], each in 0..V-1; copied
   * @param puzzleIdentifier row of the puzzle embedding table
   * @param key of all random draws of the plan in this attempt, such as {@link
   *     org.trm4j.plan.GaussianNoise#key}
   */
  void start(int slot, int[] tokens, int puzzleIdentifier, long key);

  /** Puts a puzzle into a slot with key 0. */
  default void start(int slot, int[] tokens, int puzzleIdentifier) {
    start(slot, tokens, puzzleIdentifier, 0);
  }

  /** Frees a slot: steps do no work for it until the next start. */
  void stop(int slot);

  /** Runs one supervision step of every started slot. */
  void step();

  /**
   * Runs one supervision step that may be abandoned. A backend polls the signal at least before the
   * step and, if it can, once a cycle (one round of the plan's outer loop).
   *
   * @param stop true asks to abandon the step; polled by any thread
   * @return whether the step was done; if it was abandoned, the slots' states and logits are
   *     undefined until the next start
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  default boolean step(BooleanSupplier stop) {
    if (stop.getAsBoolean()) {
      return false;
    }
    step();
    return true;
  }

  /**
   * Adds Gaussian noise of that standard deviation to every non-constant latent state of a slot:
   * element i of the state with index k gets sigma times {@link org.trm4j.plan.GaussianNoise#value}
   * of {@code stream(seed, 0, k)} and i.
   */
  void perturb(int slot, float sigma, long seed);

  /**
   * Declares which views of the logits will be read after further steps; all of them unless this is
   * called. A backend copies only these and may refuse to read another one.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default void views(Set<View> views) {}

  /** Copies the logits [S, V] of a slot's last step into {@code target}, row-major. */
  void logits(int slot, float[] target);

  /**
   * Writes the arg-max token of each position (the first of equal ones) of a slot's last step into
   * {@code target} [S].
   */
  void predictions(int slot, int[] target);

  /** Returns q_halt of a slot's last step. */
  float haltLogit(int slot);

  /** Returns q_continue of a slot's last step. */
  float continueLogit(int slot);

  /** Copies a latent state [L, D] of a slot into {@code target}. */
  void state(String name, int slot, float[] target);

  /** Overwrites a latent state [L, D] of a started slot. */
  void restoreState(String name, int slot, float[] source);

  /** Frees the session; a second call does nothing. */
  @Override
  void close();
}
