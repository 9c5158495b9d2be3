package org.trm4j;

import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;

/**
 * How puzzles are solved.
 *
 * @param maxSteps supervision steps at most, at least 1; 16 as the reference evaluates
 * @param halting when to stop before that
 * @param keepDrafts whether answers hold the draft after every step
 * @param rollouts how many tries each puzzle gets
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record SolveOptions(
    int maxSteps, HaltingPolicy halting, boolean keepDrafts, Rollouts rollouts) {
  /** 16 steps at most, stopping as soon as the answer verifies; drafts are kept. */
  public static final SolveOptions DEFAULT =
      new SolveOptions(16, progress -> progress.verification().correct(), true, Rollouts.NONE);

  /** Checks the limit. */
  public SolveOptions {
    if (maxSteps < 1) {
      throw new IllegalArgumentException("maxSteps: " + maxSteps + ", expected at least 1");
    }
  }

  /** Returns these options with another limit. */
  public SolveOptions withMaxSteps(int steps) {
    return new SolveOptions(steps, halting, keepDrafts, rollouts);
  }

  /** Returns these options with another halting policy. */
  public SolveOptions withHalting(HaltingPolicy policy) {
    return new SolveOptions(maxSteps, policy, keepDrafts, rollouts);
  }

  /** Returns these options with or without drafts. */
  public SolveOptions withDrafts(boolean keep) {
    return new SolveOptions(maxSteps, halting, keep, rollouts);
  }

  /** Returns these options with several tries for each puzzle. */
  public SolveOptions withRollouts(Rollouts tries) {
    return new SolveOptions(maxSteps, halting, keepDrafts, tries);
  }
}
