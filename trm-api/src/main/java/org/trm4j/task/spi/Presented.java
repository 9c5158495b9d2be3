package org.trm4j.task.spi;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * What a model is shown at a supervision step.
 *
 * @param inputs values of every input of the task by name, such as {@code sets}
 * @param targets in training the target of every given term by the term's name; may be empty while
 *     solving
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record Presented(Map<String, float[]> inputs, Map<String, GivenTarget> targets) {
  /** Copies the maps. */
  public Presented {
    inputs = Map.copyOf(inputs);
    targets = Map.copyOf(targets);
  }
}
