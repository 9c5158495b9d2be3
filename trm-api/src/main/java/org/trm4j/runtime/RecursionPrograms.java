package org.trm4j.runtime;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.TaskProgram;

/** Makes recursion programs from a policy's id and arguments. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class RecursionPrograms {
  // A step of the published models applies 42 layers at most; this many take half a minute.
  private static final int MOST_LAYERS = 10_000;

  private RecursionPrograms() {}

  /**
   * Returns the program of a policy.
   *
   * @param id of the policy
   * @param arguments some of the policy's arguments; the others have their default. An unknown one,
   *     a count below 1 or above 1,000 and a number that is not finite are refused, and so is a
   *     program of more than 10,000 layers a supervision step
   */
  public static RecursionProgram make(
      PluginRegistry plugins, String id, Map<String, ? extends Number> arguments) {
    RecursionPolicyProvider policy = plugins.recursionPolicies().get(id);
    return bounded(policy.program(complete(policy, arguments)));
  }

  /** A caller waits for at least one step, so a step must end in reasonable time. */
  private static RecursionProgram bounded(RecursionProgram program) {
    try {
      int layers = program.effectiveDepth();
      if (layers <= MOST_LAYERS) {
        return program;
      }
      throw tooDeep(program, Integer.toString(layers));
    } catch (ArithmeticException e) {
      throw tooDeep(program, "more than 2147483647");
    }
  }

  private static PluginException tooDeep(RecursionProgram program, String layers) {
    return new PluginException(
        "recursion program %s: applies %s layers in one supervision step, expected at most %s"
            .formatted(program.name(), layers, MOST_LAYERS));
  }

  /**
   * Returns the whole task of a policy.
   *
   * @param id of the policy
   * @param arguments as for {@link #make}
   * @param config of the model
   */
  public static TaskProgram task(
      PluginRegistry plugins,
      String id,
      Map<String, ? extends Number> arguments,
      ModelConfig config) {
    RecursionPolicyProvider policy = plugins.recursionPolicies().get(id);
    TaskProgram task = policy.task(complete(policy, arguments), config);
    bounded(task.recursion());
    return task;
  }

  private static PolicyArguments complete(
      RecursionPolicyProvider policy, Map<String, ? extends Number> arguments) {
    return GivenArguments.complete("recursion policy " + policy.id(), policy.defaults(), arguments);
  }
}
