package org.trm4j.halting.spi;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;

/** What a halting policy sees of one puzzle after a supervision step. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Progress {

  /** Returns the supervision steps done, at least 1. */
  int steps();

  /** Returns a copy of the question's tokens [S]. */
  int[] question();

  /** Returns a copy of the draft's tokens [S]. */
  int[] draft();

  /**
   * Returns a copy of the draft [S] of a step.
   *
   * @param step 1 for the first, {@link #steps()} for the last
   */
  int[] draft(int step);

  /**
   * Returns q_halt of a step, as {@link #haltLogit()} was then.
   *
   * @param step 1 for the first, {@link #steps()} for the last
   */
  float haltLogit(int step);

  /**
   * Returns q_halt. Where a transition drives the puzzle: 0 while it continues, 20 when the
   * transition has declared it done, -20 when it has abandoned the attempt.
   */
  float haltLogit();

  /** Returns q_continue. */
  float continueLogit();

  /**
   * Returns the number of steps for which the answer has stayed the same; 0 if the last step
   * changed it.
   */
  int unchangedSteps();

  /** Checks the answer by the rules of the puzzle; computed when asked for. */
  Verification verification();

  /**
   * Returns how much the last step changed.
   *
   * @throws IllegalStateException if the policy does not say that it {@link HaltingPolicy#reads} it
   */
  @API(status = API.Status.MAINTAINED, since = "0.2.0")
  default double change(Change change) {
    throw new IllegalStateException("change " + change + ": is not measured here");
  }

  /**
   * What a supervision step changed, as a number. Measuring copies values to the host after every
   * step, so it is done only where a halting policy or the choice among attempts asks for it.
   */
  enum Change {
    /**
     * {@code |s' - s| / |s'|} in Euclidean norm, s all latent states that the program writes, as
     * one vector, before the step and s' after it. It falls to 0 at a fixed point (FPRM, arXiv
     * 2606.18206).
     */
    STATE,
    /**
     * The mean over cells of {@code |l' - l|}, l a cell's logits before the step and l' after it,
     * averaged over the last steps of a window; what EqR (arXiv 2605.21488) chooses attempts by.
     * Infinite after the first step, which has nothing before it.
     */
    LOGITS
  }
}
