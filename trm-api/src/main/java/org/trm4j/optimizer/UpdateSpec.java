package org.trm4j.optimizer;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apiguardian.api.API;

/**
 * What an update does, as data. A parameter belongs to the first group that holds it.
 *
 * @param groups in order; a trained parameter that none holds is an error
 * @param clip the largest Euclidean norm of all gradients together; longer ones are scaled down to
 *     it; 0 for no limit
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record UpdateSpec(List<Group> groups, double clip) {
  /** Copies the list and checks the limit. */
  public UpdateSpec {
    groups = List.copyOf(groups);
    if (!(clip >= 0 && clip < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "update: clip is %s, expected a finite number of at least 0".formatted(clip));
    }
  }

  /**
   * Parameters that are updated alike.
   *
   * @param parameters regular expression that is found in their names, such as {@code layers}
   * @param optimizer id of the optimizer, such as {@code lion}
   * @param arguments some of its arguments; the others have their defaults
   * @param learningRate after the warm-up; it follows the run's schedule
   * @param weightDecay of each update, times the learning rate
   */
  public record Group(
      String parameters,
      String optimizer,
      Map<String, Number> arguments,
      double learningRate,
      double weightDecay) {
    /** Copies the map and checks the values. */
    public Group {
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
}
