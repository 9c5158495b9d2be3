package org.trm4j.server.solve;

import java.time.Duration;
import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.error.TrmException;
import org.trm4j.frontend.HaltingText;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import org.trm4j.server.limit.ServerLimits;

/**
 * The settings of a solve, checked against the server's limits.
 *
 * @param steps supervision steps at most; null for what the model usually takes
 * @param mostSteps the server's limit on them
 * @param halt when to stop before that
 * @param attempts at each puzzle
 * @param sigma of the noise; null for what usually helps the model
 * @param seed of the noise
 * @param firstFound whether the other attempts end once one verifies
 * @param drafts whether answers hold drafts
 * @param details whether drafts hold details
 * @param limit on the time
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record SolveSettings(
    @Nullable Integer steps,
    int mostSteps,
    String halt,
    int attempts,
    @Nullable Double sigma,
    long seed,
    boolean firstFound,
    boolean drafts,
    boolean details,
    Duration limit) {
  private static final String HALT = "verified";

  /** Returns the settings of a request that gives only tokens. */
  public static SolveSettings standard(ServerLimits limits) {
    return new SolveSettings(
        null, limits.maxSteps(), HALT, 1, null, 1, true, false, false, limits.deadline());
  }

  /**
   * Returns the settings of a request.
   *
   * @throws BadRequestException if a setting is out of bounds
   */
  public static SolveSettings of(SolveRequest request, ServerLimits limits) {
    Integer steps = within("steps", request.steps(), limits.maxSteps());
    Integer attempts = within("attempts", request.attempts(), limits.maxAttempts());
    Double sigma = request.sigma();
    if (sigma != null && !(sigma >= 0 && sigma <= 100)) {
      throw new BadRequestException("sigma: %s, expected 0 to 100".formatted(sigma));
    }
    Long millis = request.timeoutMs();
    if (millis != null && (millis < 1 || millis > limits.deadline().toMillis())) {
      throw new BadRequestException(
          "timeoutMs: %s, expected 1 to %s".formatted(millis, limits.deadline().toMillis()));
    }
    return new SolveSettings(
        steps,
        limits.maxSteps(),
        Objects.requireNonNullElse(request.halt(), HALT),
        Objects.requireNonNullElse(attempts, 1),
        sigma,
        Objects.requireNonNullElse(request.seed(), 1L),
        !Boolean.FALSE.equals(request.firstFound()),
        Boolean.TRUE.equals(request.drafts()),
        Boolean.TRUE.equals(request.details()),
        millis == null ? limits.deadline() : Duration.ofMillis(millis));
  }

  private static @Nullable Integer within(String name, @Nullable Integer value, int most) {
    if (value != null && (value < 1 || value > most)) {
      throw new BadRequestException("%s: %s, expected 1 to %s".formatted(name, value, most));
    }
    return value;
  }

  /** Returns the options of the library, without deadline and listener. */
  SolveOptions options(TrmModel model, PluginSet<HaltingPolicyProvider> policies) {
    int most = steps == null ? Math.min(model.usualSteps(), mostSteps) : steps;
    SolveOptions options =
        SolveOptions.DEFAULT.withMaxSteps(most).withDrafts(drafts).withDetails(details);
    try {
      options = options.withHalting(HaltingText.parse(halt, policies));
    } catch (TrmException | IllegalArgumentException e) {
      throw new BadRequestException("halt: " + e.getMessage());
    }
    if (attempts == 1) {
      return options;
    }
    Attempts.Choice choice =
        model.domain().flatMap(PuzzleDomain::verifier).isPresent()
            ? Attempts.Choice.VERIFIER
            : Attempts.Choice.HALTING_HEAD;
    Attempts usual = Attempts.usual(model, attempts);
    return options.withAttempts(
        (sigma == null ? usual : usual.withSymmetries(false).withSigma(sigma))
            .withSeed(seed)
            .withChoice(choice)
            .withFirstFound(firstFound));
  }

  /** Returns whether requests with these settings may share a session. */
  boolean shareable() {
    return attempts == 1 && !details;
  }
}
