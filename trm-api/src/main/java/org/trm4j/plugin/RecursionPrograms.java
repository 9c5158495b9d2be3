package org.trm4j.plugin;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/** Makes recursion programs from a policy's id and arguments. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class RecursionPrograms {
  // The part with gradient is unrolled: a number that a damaged file made huge would take all
  // memory.
  private static final int MOST = 1000;

  private RecursionPrograms() {}

  /**
   * Returns the program of a policy.
   *
   * @param id of the policy
   * @param arguments some of the policy's arguments; the others have their default. An unknown one,
   *     one below 1 and one above 1,000 are refused
   */
  public static RecursionProgram make(String id, Map<String, Integer> arguments) {
    RecursionPolicyProvider policy = Plugins.recursionPolicies().get(id);
    PolicyArguments all = policy.defaults();
    for (Map.Entry<String, Integer> entry : arguments.entrySet()) {
      if (!all.values().containsKey(entry.getKey())) {
        throw new PluginException(
            "recursion policy %s: unknown argument %s, expected %s"
                .formatted(id, entry.getKey(), all.values().keySet()));
      }
      if (entry.getValue() < 1) {
        throw new PluginException(
            "recursion policy %s: argument %s is %d, expected at least 1"
                .formatted(id, entry.getKey(), entry.getValue()));
      }
      if (entry.getValue() > MOST) {
        throw new PluginException(
            "recursion policy %s: argument %s is %d, expected at most %d"
                .formatted(id, entry.getKey(), entry.getValue(), MOST));
      }
      all = all.and(entry.getKey(), entry.getValue());
    }
    return policy.program(all);
  }
}
