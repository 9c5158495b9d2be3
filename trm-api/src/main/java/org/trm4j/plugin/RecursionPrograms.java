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
  public static RecursionProgram make(String id, Map<String, ? extends Number> arguments) {
    RecursionPolicyProvider policy = Plugins.recursionPolicies().get(id);
    PolicyArguments all = policy.defaults();
    for (Map.Entry<String, ? extends Number> entry : arguments.entrySet()) {
      if (!all.values().containsKey(entry.getKey())) {
        throw new PluginException(
            "recursion policy %s: unknown argument %s, expected %s"
                .formatted(id, entry.getKey(), all.values().keySet()));
      }
      String where = "recursion policy %s: argument %s".formatted(id, entry.getKey());
      all =
          all.values().get(entry.getKey()) instanceof Integer
              ? all.and(entry.getKey(), count(where, entry.getValue()))
              : all.and(entry.getKey(), finite(where, entry.getValue()));
    }
    return bounded(policy.program(all));
  }

  /** A step is what a caller waits for at least: it must end in bearable time. */
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
        "recursion program %s: applies %s layers in one supervision step, expected at most %d"
            .formatted(program.name(), layers, MOST_LAYERS));
  }

  private static int count(String where, Number value) {
    double number = value.doubleValue();
    if (number != Math.rint(number)) {
      throw new PluginException("%s is %s, expected a whole number".formatted(where, value));
    }
    if (number < 1) {
      throw new PluginException("%s is %s, expected at least 1".formatted(where, value));
    }
    if (number > MOST) {
      throw new PluginException("%s is %s, expected at most %d".formatted(where, value, MOST));
    }
    return (int) number;
  }

  private static double finite(String where, Number value) {
    if (!Double.isFinite(value.doubleValue())) {
      throw new PluginException("%s is %s, expected a finite number".formatted(where, value));
    }
    return value.doubleValue();
  }
}
