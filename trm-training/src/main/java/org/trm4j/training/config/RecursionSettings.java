package org.trm4j.training.config;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * The recursion.
 *
 * @param policy id of the recursion policy
 * @param arguments some of its arguments, such as {@code T}, {@code n} and {@code lambda}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RecursionSettings(String policy, Map<String, Number> arguments) {
  /** Copies the arguments. */
  public RecursionSettings {
    arguments = Settings.sorted("recursion.arguments", arguments);
    Settings.check(!policy.isBlank(), "recursion.policy", "empty", "the id of a recursion policy");
  }
}
