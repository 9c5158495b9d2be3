package org.trm4j;

import org.apiguardian.api.API;

/**
 * Several tries at one puzzle. Try 0 runs as the model is; the others add Gaussian noise to every
 * latent state before each supervision step. All noise follows from the seed, the puzzle's number,
 * the try and the step.
 *
 * @param count tries K for each puzzle, at least 1
 * @param sigma standard deviation of the noise, at least 0 (0.3 works for published Sudoku models)
 * @param seed of the noise
 * @param choice which try's answer is taken
 * @param firstFound whether the other tries are given up once one try's answer verifies
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record Rollouts(int count, double sigma, long seed, Choice choice, boolean firstFound) {

  /** Which try's answer is taken. */
  public enum Choice {
    /** The one with the highest q_halt. */
    HALTING_HEAD,
    /** The answer that most tries agree on; of equally many, the one with the highest q_halt. */
    VOTES,
    /**
     * The first that verifies; where none does, the one with the highest q_halt. Needs a domain
     * with a verifier.
     */
    VERIFIER
  }

  /** A single try without noise. */
  public static final Rollouts NONE = new Rollouts(1, 0, 0, Choice.HALTING_HEAD, false);

  /** Checks the values. */
  public Rollouts {
    if (count < 1) {
      throw new IllegalArgumentException("rollouts: count is " + count + ", expected at least 1");
    }
    if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "rollouts: sigma is " + sigma + ", expected a finite number of at least 0");
    }
  }

  /** Returns K tries chosen by the verifier, given up once one verifies. */
  public static Rollouts verified(int count, double sigma, long seed) {
    return new Rollouts(count, sigma, seed, Choice.VERIFIER, true);
  }

  long noiseSeed(int puzzle, int rollout, int step) {
    long mixed = seed;
    for (long part : new long[] {puzzle, rollout, step}) {
      mixed = (mixed ^ part) * 0xBF58476D1CE4E5B9L;
      mixed ^= mixed >>> 29;
    }
    return mixed;
  }
}
