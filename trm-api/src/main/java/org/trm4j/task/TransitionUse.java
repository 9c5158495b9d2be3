package org.trm4j.task;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * The transition of a task: the one part that is code, named by the plug-in's id.
 *
 * @param id of the plug-in
 * @param arguments some of its arguments; the others have their defaults
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record TransitionUse(String id, Map<String, Number> arguments) {
  /** Copies the map. */
  public TransitionUse {
    arguments = Collections.unmodifiableMap(new TreeMap<>(arguments));
  }
}
