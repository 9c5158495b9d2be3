package org.trm4j;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
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
  private static final BooleanSupplier NEVER = () -> false;

  /**
   * At most the model's usual number of steps ({@link TrmModel#usualSteps()}), stopping as soon as
   * the answer verifies; drafts are kept; one attempt; no deadline; a stopped solve throws an
   * exception.
   */
  public static final SolveOptions DEFAULT =
      new SolveOptions(
          new Values(
              OptionalInt.empty(),
              progress -> progress.verification().correct(),
              true,
              false,
              null,
              Attempts.ONE,
              null,
              false,
              NEVER));

  private record Values(
      OptionalInt maxSteps,
      HaltingPolicy halting,
      boolean keepDrafts,
      boolean details,
      Draft.@Nullable Listener listener,
      Attempts attempts,
      @Nullable Duration timeout,
      boolean partialAnswers,
      BooleanSupplier stop) {}

  private final Values values;

  private SolveOptions(Values values) {
    this.values = values;
  }

  /** Returns the limit on supervision steps; empty for {@link TrmModel#usualSteps()}. */
  public OptionalInt maxSteps() {
    return values.maxSteps;
  }

  /** Returns the halting policy, which may stop a puzzle earlier. */
  public HaltingPolicy halting() {
    return values.halting;
  }

  /** Returns whether answers hold the draft after every step. */
  public boolean keepDrafts() {
    return values.keepDrafts;
  }

  /** Returns the attempts at each puzzle. */
  public Attempts attempts() {
    return values.attempts;
  }

  /** Returns how long a call may take. */
  public Optional<Duration> timeout() {
    return Optional.ofNullable(values.timeout);
  }

  /**
   * Returns whether a stopped solve returns the best answers so far instead of throwing an
   * exception.
   */
  public boolean partialAnswers() {
    return values.partialAnswers;
  }

  /** Returns whether drafts hold what {@link #withDetails} names. */
  public boolean details() {
    return values.details;
  }

  Draft.@Nullable Listener listener() {
    return values.listener;
  }

  BooleanSupplier stop() {
    return values.stop;
  }

  /** Returns these options with another limit on supervision steps, at least 1. */
  public SolveOptions withMaxSteps(int steps) {
    if (steps < 1) {
      throw new IllegalArgumentException("maxSteps: " + steps + ", expected at least 1");
    }
    return new SolveOptions(
        new Values(
            OptionalInt.of(steps),
            values.halting,
            values.keepDrafts,
            values.details,
            values.listener,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /** Returns these options with another halting policy. */
  public SolveOptions withHalting(HaltingPolicy policy) {
    Objects.requireNonNull(policy, "halting policy");
    return new SolveOptions(
        new Values(
            values.maxSteps,
            policy,
            values.keepDrafts,
            values.details,
            values.listener,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /** Returns these options with or without drafts. */
  public SolveOptions withDrafts(boolean keep) {
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            keep,
            values.details,
            values.listener,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /**
   * Returns these options with or without the details of drafts, {@link Draft#stateChange()} and
   * {@link Draft#cellConfidence()}: states and logits are copied after every step.
   */
  public SolveOptions withDetails(boolean wanted) {
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            wanted,
            values.listener,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /**
   * Returns these options with a listener that sees every draft as soon as it is made, whether or
   * not answers keep drafts. Replaces an earlier one.
   */
  public SolveOptions withListener(Draft.Listener heard) {
    Objects.requireNonNull(heard, "listener");
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            values.details,
            heard,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /** Returns these options with several attempts at each puzzle. */
  public SolveOptions withAttempts(Attempts attempts) {
    Objects.requireNonNull(attempts, "attempts");
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            values.details,
            values.listener,
            attempts,
            values.timeout,
            values.partialAnswers,
            values.stop));
  }

  /**
   * Returns these options with a deadline: a call of {@code solve} or {@code solveAll} ends at most
   * one cycle after this time; the time includes waiting for a free session.
   *
   * @param limit more than 0
   */
  public SolveOptions withTimeout(Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("timeout: " + limit + ", expected more than 0");
    }
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            values.details,
            values.listener,
            values.attempts,
            limit,
            values.partialAnswers,
            values.stop));
  }

  /**
   * Returns these options with the behaviour of a stopped solve. True: it returns the state after
   * the last complete supervision step, and the answers say so ({@link Answer#stopped()}); a puzzle
   * without a step has no answer. False, the default: it throws {@link SolveStoppedException}.
   */
  public SolveOptions withPartialAnswers(boolean partial) {
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            values.details,
            values.listener,
            values.attempts,
            values.timeout,
            partial,
            values.stop));
  }

  /**
   * Returns these options with a stop signal, which any thread polls at least once a cycle: true
   * ends the solve as an interrupt does. Replaces an earlier one.
   */
  public SolveOptions withStop(BooleanSupplier asked) {
    Objects.requireNonNull(asked, "stop");
    return new SolveOptions(
        new Values(
            values.maxSteps,
            values.halting,
            values.keepDrafts,
            values.details,
            values.listener,
            values.attempts,
            values.timeout,
            values.partialAnswers,
            asked));
  }

  @Override
  public String toString() {
    return "SolveOptions[maxSteps=%s, keepDrafts=%s, details=%s, attempts=%s, timeout=%s, partialAnswers=%s]"
        .formatted(
            values.maxSteps.isPresent() ? values.maxSteps.getAsInt() : "usual",
            values.keepDrafts,
            values.details,
            values.attempts,
            values.timeout == null ? "none" : values.timeout,
            values.partialAnswers);
  }
}
