package org.trm4j.plugin;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/** Makes recursion programs from a policy's id and arguments. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class RecursionPrograms {
  private RecursionPrograms() {}

  /**
   * Returns the program of a policy.
   *
   * @param id of the policy
   * @param arguments some of the policy's arguments; the others have their default. An unknown one,
   *     and one below 1, is refused
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
      all = all.and(entry.getKey(), entry.getValue());
    }
    return policy.program(all);
  }
}
