package org.trm4j.optimizer;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apiguardian.api.API;

/**
 * Parameters that are updated alike.
 *
 * @param parameters regular expression that is found in their names, such as {@code layers}
 * @param optimizer id of the optimizer, such as {@code lion}
 * @param arguments some of its arguments; the others have their defaults
 * @param learningRate after the warm-up; it follows the run's schedule
 * @param weightDecay of each update, times the learning rate
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record ParameterGroup(
    String parameters,
    String optimizer,
    Map<String, Number> arguments,
    double learningRate,
    double weightDecay) {
  /** Copies the map and checks the values. */
  public ParameterGroup {
    arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
    try {
      Pattern.compile(parameters);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "parameter group: %s, expected a regular expression: %s"
              .formatted(parameters, e.getDescription()),
          e);
    }
    if (!(learningRate >= 0 && learningRate < Double.POSITIVE_INFINITY)
        || !(weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "parameter group %s: learning rate %s and weight decay %s, expected finite numbers of at least 0"
              .formatted(parameters, learningRate, weightDecay));
    }
  }

  /** Returns whether a parameter belongs to it. */
  public boolean holds(String name) {
    return Pattern.compile(parameters).matcher(name).find();
  }
}
