package org.trm4j;

import java.util.List;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.halting.spi.Change;
import org.trm4j.plan.GaussianNoise;

/**
 * Several tries at one puzzle. Where the model's states start at random, each try starts from its
 * own draw. Try 0 runs as the model is; with sigma more than 0 the others add Gaussian noise to
 * every latent state before each supervision step. All that is drawn follows from the seed, the
 * puzzle's tokens and identifier, and the try: other batches and another order give the same
 * answers.
 *
 * @param count tries K for each puzzle, at least 1
 * @param sigma standard deviation of the noise, at least 0 (0.3 works for published Sudoku models)
 * @param seed of the noise
 * @param choice which try's answer is taken
 * @param firstFound whether the other tries are given up once one try's answer verifies
 * @param noisyStates names of the latent states that get the noise; empty for all
 * @param window supervision steps, the last ones, that {@link Choice#LOGIT_CHANGE} averages over;
 *     at least 1
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record Rollouts(
    int count,
    double sigma,
    long seed,
    Choice choice,
    boolean firstFound,
    List<String> noisyStates,
    int window) {
  private static final int WINDOW = 4;

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
    VERIFIER,
    /** The one whose last step changed the latent states least; see {@link Change#STATE}. */
    STATE_CHANGE,
    /**
     * The one whose last steps changed the logits least, as EqR (arXiv 2605.21488) selects; see
     * {@link Change#LOGITS}.
     */
    LOGIT_CHANGE;

    Set<Change> reads() {
      return switch (this) {
        case STATE_CHANGE -> Set.of(Change.STATE);
        case LOGIT_CHANGE -> Set.of(Change.LOGITS);
        default -> Set.of();
      };
    }
  }

  /** A single try without noise. */
  public static final Rollouts NONE = new Rollouts(1, 0, 0, Choice.HALTING_HEAD, false);

  /** Checks the values. */
  public Rollouts {
    noisyStates = List.copyOf(noisyStates);
    if (window < 1) {
      throw new IllegalArgumentException(
          "rollouts: window is " + window + ", expected at least 1 step");
    }
    if (count < 1) {
      throw new IllegalArgumentException("rollouts: count is " + count + ", expected at least 1");
    }
    if (!(sigma >= 0 && sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "rollouts: sigma is " + sigma + ", expected a finite number of at least 0");
    }
  }

  /** Makes tries with noise on all latent states and a window of four steps. */
  public Rollouts(int count, double sigma, long seed, Choice choice, boolean firstFound) {
    this(count, sigma, seed, choice, firstFound, List.of(), WINDOW);
  }

  /** Returns these tries with noise on those latent states only; empty for all. */
  public Rollouts withNoisyStates(List<String> states) {
    return new Rollouts(count, sigma, seed, choice, firstFound, states, window);
  }

  /** Returns these tries with another window of {@link Choice#LOGIT_CHANGE}. */
  public Rollouts withWindow(int steps) {
    return new Rollouts(count, sigma, seed, choice, firstFound, noisyStates, steps);
  }

  /** Returns K tries chosen by the verifier, given up once one verifies. */
  public static Rollouts verified(int count, double sigma, long seed) {
    return new Rollouts(count, sigma, seed, Choice.VERIFIER, true);
  }

  /** Returns the key of an attempt: of the puzzle itself, not of its place among others. */
  long key(Puzzle puzzle, int rollout) {
    long hash = puzzle.puzzleIdentifier();
    for (int token : puzzle.tokens()) {
      hash = GaussianNoise.key(hash, token, 0);
    }
    return GaussianNoise.key(seed, hash, rollout);
  }

  /** Returns the seed of the noise before a step; not the key, whose draws are the plan's. */
  long noiseSeed(Puzzle puzzle, int rollout, int step) {
    return GaussianNoise.key(key(puzzle, rollout), step, 1);
  }
}
