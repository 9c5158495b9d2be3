package org.trm4j.runtime;

import java.util.Map;
import org.trm4j.plugin.PluginException;
import org.trm4j.recursion.spi.PolicyArguments;

/** Checks the arguments that a user gave a plug-in. */
final class GivenArguments {
  // The part with gradient is unrolled, so a huge number in a damaged file would take all memory.
  private static final int MOST = 1000;

  private GivenArguments() {}

  /**
   * Returns all arguments: those given, and the defaults of the others. An unknown one, a count
   * below 1 (below 0 where that is the default) or above 1,000 and a number that is not finite are
   * refused.
   *
   * @param plugin for messages, such as {@code recursion policy trm}
   */
  static PolicyArguments complete(
      String plugin, PolicyArguments defaults, Map<String, ? extends Number> given) {
    PolicyArguments all = defaults;
    for (Map.Entry<String, ? extends Number> entry : given.entrySet()) {
      if (!all.values().containsKey(entry.getKey())) {
        throw new PluginException(
            "%s: unknown argument %s, expected %s"
                .formatted(plugin, entry.getKey(), all.values().keySet()));
      }
      String where = "%s: argument %s".formatted(plugin, entry.getKey());
      all =
          defaults.values().get(entry.getKey()) instanceof Integer otherwise
              ? all.and(entry.getKey(), count(where, entry.getValue(), Math.min(1, otherwise)))
              : all.and(entry.getKey(), finite(where, entry.getValue()));
    }
    return all;
  }

  private static int count(String where, Number value, int least) {
    double number = value.doubleValue();
    if (number != Math.rint(number)) {
      throw new PluginException("%s is %s, expected a whole number".formatted(where, value));
    }
    if (number < least) {
      throw new PluginException("%s is %s, expected at least %s".formatted(where, value, least));
    }
    if (number > MOST) {
      throw new PluginException("%s is %s, expected at most %s".formatted(where, value, MOST));
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
