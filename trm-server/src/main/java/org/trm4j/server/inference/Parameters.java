package org.trm4j.server.inference;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.server.limit.ServerLimits;
import org.trm4j.server.solve.BadRequestException;
import org.trm4j.server.solve.SolveRequest;
import org.trm4j.server.solve.SolveSettings;

/** The parameters of a request of the protocol. */
final class Parameters {
  private Parameters() {}

  static SolveSettings settings(@Nullable Map<String, Object> parameters, ServerLimits limits) {
    if (parameters == null) {
      return SolveSettings.standard(limits);
    }
    Long steps = number(parameters, "steps");
    Long attempts = number(parameters, "attempts");
    Object halt = parameters.get("halt");
    return SolveSettings.of(
        new SolveRequest(
            null,
            null,
            null,
            null,
            steps == null ? null : small("steps", steps),
            halt == null ? null : halt.toString(),
            attempts == null ? null : small("attempts", attempts),
            null,
            number(parameters, "seed"),
            null,
            null,
            null,
            null),
        limits);
  }

  /** Returns the name of the puzzles' task, or null if none is named. */
  static @Nullable String task(@Nullable Map<String, Object> parameters) {
    Object task = parameters == null ? null : parameters.get("task");
    return task == null ? null : task.toString();
  }

  private static int small(String name, long value) {
    if (value < 1 || value > Integer.MAX_VALUE) {
      throw new BadRequestException("%s: %s, expected at least 1".formatted(name, value));
    }
    return (int) value;
  }

  private static @Nullable Long number(Map<String, Object> parameters, String name) {
    Object value = parameters.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number && number.doubleValue() == number.longValue()) {
      return number.longValue();
    }
    throw new BadRequestException(
        "parameters: %s is %s, expected a whole number".formatted(name, value));
  }
}
