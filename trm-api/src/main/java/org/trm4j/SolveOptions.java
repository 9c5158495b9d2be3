package org.trm4j;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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

  /** The values of a copy, of which one is changed. */
  private static final class Fields {
    OptionalInt maxSteps;
    HaltingPolicy halting;
    boolean keepDrafts;
    boolean details;
    Draft.@Nullable Listener listener;
    Attempts attempts;
    @Nullable Duration timeout;
    boolean partialAnswers;
    BooleanSupplier stop;

    Fields(Values values) {
      this.maxSteps = values.maxSteps;
      this.halting = values.halting;
      this.keepDrafts = values.keepDrafts;
      this.details = values.details;
      this.listener = values.listener;
      this.attempts = values.attempts;
      this.timeout = values.timeout;
      this.partialAnswers = values.partialAnswers;
      this.stop = values.stop;
    }

    Values values() {
      return new Values(
          maxSteps,
          halting,
          keepDrafts,
          details,
          listener,
          attempts,
          timeout,
          partialAnswers,
          stop);
    }
  }

  private SolveOptions with(Consumer<Fields> change) {
    Fields fields = new Fields(values);
    change.accept(fields);
    return new SolveOptions(fields.values());
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
    return with(fields -> fields.maxSteps = OptionalInt.of(steps));
  }

  /** Returns these options with another halting policy. */
  public SolveOptions withHalting(HaltingPolicy policy) {
    Objects.requireNonNull(policy, "halting policy");
    return with(fields -> fields.halting = policy);
  }

  /** Returns these options with or without drafts. */
  public SolveOptions withDrafts(boolean keep) {
    return with(fields -> fields.keepDrafts = keep);
  }

  /**
   * Returns these options with or without the details of drafts, {@link Draft#stateChange()} and
   * {@link Draft#cellConfidence()}: states and logits are copied after every step.
   */
  public SolveOptions withDetails(boolean wanted) {
    return with(fields -> fields.details = wanted);
  }

  /**
   * Returns these options with a listener that sees every draft as soon as it is made, whether or
   * not answers keep drafts. Replaces an earlier one.
   */
  public SolveOptions withListener(Draft.Listener heard) {
    Objects.requireNonNull(heard, "listener");
    return with(fields -> fields.listener = heard);
  }

  /** Returns these options with several attempts at each puzzle. */
  public SolveOptions withAttempts(Attempts attempts) {
    Objects.requireNonNull(attempts, "attempts");
    return with(fields -> fields.attempts = attempts);
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
    return with(fields -> fields.timeout = limit);
  }

  /**
   * Returns these options with the behaviour of a stopped solve. True: it returns the state after
   * the last complete supervision step, and the answers say so ({@link Answer#stopped()}); a puzzle
   * without a step has no answer. False, the default: it throws {@link SolveStoppedException}.
   */
  public SolveOptions withPartialAnswers(boolean partial) {
    return with(fields -> fields.partialAnswers = partial);
  }

  /**
   * Returns these options with a stop signal, which any thread polls at least once a cycle: true
   * ends the solve as an interrupt does. Replaces an earlier one.
   */
  public SolveOptions withStop(BooleanSupplier asked) {
    Objects.requireNonNull(asked, "stop");
    return with(fields -> fields.stop = asked);
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
