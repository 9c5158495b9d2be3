package org.trm4j.server.limit;

import java.time.Duration;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The limits on what clients may ask of the server.
 *
 * @param token Bearer token that clients must send; at least 16 characters. Required unless the
 *     server listens on the loopback interface only.
 * @param maxBody Largest body of a request.
 * @param concurrency Requests that are solved at a time.
 * @param queue Requests that wait for their turn; further ones are refused with 429.
 * @param deadline Longest time a request may take, waiting included.
 * @param maxPuzzles Most puzzles in one request.
 * @param maxSteps Most supervision steps that a request may ask for.
 * @param maxAttempts Most attempts that a request may ask for.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
@ConfigurationProperties("trm.server")
public record ServerLimits(
    @Nullable String token,
    @DefaultValue("1MB") DataSize maxBody,
    @DefaultValue("32") int concurrency,
    @DefaultValue("64") int queue,
    @DefaultValue("30s") Duration deadline,
    @DefaultValue("1000") int maxPuzzles,
    @DefaultValue("1024") int maxSteps,
    @DefaultValue("64") int maxAttempts) {
  private static final int SHORTEST_TOKEN = 16;

  /** Checks. */
  public ServerLimits {
    if (token != null && token.isBlank()) {
      token = null;
    }
    if (token != null && token.length() < SHORTEST_TOKEN) {
      throw new IllegalArgumentException(
          "trm.server.token: %s characters, expected at least %s"
              .formatted(token.length(), SHORTEST_TOKEN));
    }
    atLeast("concurrency", concurrency, 1);
    atLeast("queue", queue, 0);
    atLeast("max-puzzles", maxPuzzles, 1);
    atLeast("max-steps", maxSteps, 1);
    atLeast("max-attempts", maxAttempts, 1);
    if (deadline.isNegative() || deadline.isZero()) {
      throw new IllegalArgumentException(
          "trm.server.deadline: %s, expected more than 0".formatted(deadline));
    }
  }

  private static void atLeast(String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "trm.server.%s: %s, expected at least %s".formatted(name, value, least));
    }
  }
}
