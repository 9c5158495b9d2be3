package org.trm4j;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.halting.spi.HaltingPolicy;

/**
 * How puzzles are solved; immutable. Begin with {@link #DEFAULT} and change what differs:
 *
 * <pre>{@code
 * SolveOptions options =
 *     SolveOptions.DEFAULT.withMaxSteps(32).withTimeout(Duration.ofSeconds(2)).withPartialAnswers(true);
 * }</pre>
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class SolveOptions {
  /**
   * 16 steps at most, stopping as soon as the answer verifies; drafts are kept; one try; no
   * deadline, and a solve that is stopped is an exception.
   */
  public static final SolveOptions DEFAULT =
      new SolveOptions(
          16,
          progress -> progress.verification().correct(),
          true,
          Rollouts.NONE,
          null,
          false,
          () -> false);

  private final int maxSteps;
  private final HaltingPolicy halting;
  private final boolean keepDrafts;
  private final Rollouts rollouts;
  private final @Nullable Duration timeout;
  private final boolean partialAnswers;
  private final BooleanSupplier stop;

  private SolveOptions(
      int maxSteps,
      HaltingPolicy halting,
      boolean keepDrafts,
      Rollouts rollouts,
      @Nullable Duration timeout,
      boolean partialAnswers,
      BooleanSupplier stop) {
    this.maxSteps = maxSteps;
    this.halting = halting;
    this.keepDrafts = keepDrafts;
    this.rollouts = rollouts;
    this.timeout = timeout;
    this.partialAnswers = partialAnswers;
    this.stop = stop;
  }

  /** Returns the supervision steps at most; 16 as the reference evaluates. */
  public int maxSteps() {
    return maxSteps;
  }

  /** Returns when to stop before that. */
  public HaltingPolicy halting() {
    return halting;
  }

  /** Returns whether answers hold the draft after every step. */
  public boolean keepDrafts() {
    return keepDrafts;
  }

  /** Returns how many tries each puzzle gets. */
  public Rollouts rollouts() {
    return rollouts;
  }

  /** Returns how long a call may take. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(timeout);
  }

  /** Returns whether a stopped solve hands over what it knows, and is no exception. */
  public boolean partialAnswers() {
    return partialAnswers;
  }

  BooleanSupplier stop() {
    return stop;
  }

  /** Returns these options with another limit on supervision steps, at least 1. */
  public SolveOptions withMaxSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("maxSteps: " + steps + ", expected at least 1");
    }
    return new SolveOptions(steps, halting, keepDrafts, rollouts, timeout, partialAnswers, stop);
  }

  /** Returns these options with another halting policy. */
  public SolveOptions withHalting(HaltingPolicy policy) {
    Objects.requireNonNull(policy, "halting policy");
    return new SolveOptions(maxSteps, policy, keepDrafts, rollouts, timeout, partialAnswers, stop);
  }

  /** Returns these options with or without drafts. */
  public SolveOptions withDrafts(boolean keep) {
    return new SolveOptions(maxSteps, halting, keep, rollouts, timeout, partialAnswers, stop);
  }

  /** Returns these options with several tries for each puzzle. */
  public SolveOptions withRollouts(Rollouts tries) {
    Objects.requireNonNull(tries, "rollouts");
    return new SolveOptions(maxSteps, halting, keepDrafts, tries, timeout, partialAnswers, stop);
  }

  /**
   * Returns these options with a deadline: a call of {@code solve} or {@code solveAll} ends within
   * one cycle after so long, waiting for a free session included.
   *
   * @param limit more than 0
   */
  public SolveOptions withTimeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout: " + limit + ", expected more than 0");
    }
    return new SolveOptions(maxSteps, halting, keepDrafts, rollouts, limit, partialAnswers, stop);
  }

  /**
   * Returns these options with another way to end a stopped solve. True: answers hold what was
   * known after the last whole supervision step and say so ({@link Answer#stopped()}); a puzzle
   * that has taken no step yet has no answer. False, the default: {@link SolveStoppedException}.
   */
  public SolveOptions withPartialAnswers(boolean partial) {
    return new SolveOptions(maxSteps, halting, keepDrafts, rollouts, timeout, partial, stop);
  }

  /**
   * Returns these options with a question that is asked at least once a cycle, by any thread: true
   * ends the solve as an interrupt does. Replaces an earlier one.
   */
  public SolveOptions withStop(BooleanSupplier asked) {
    Objects.requireNonNull(asked, "stop");
    return new SolveOptions(
        maxSteps, halting, keepDrafts, rollouts, timeout, partialAnswers, asked);
  }

  @Override
  public String toString() {
    return "SolveOptions[maxSteps=%d, keepDrafts=%s, rollouts=%s, timeout=%s, partialAnswers=%s]"
        .formatted(
            maxSteps, keepDrafts, rollouts, timeout == null ? "none" : timeout, partialAnswers);
  }
}
