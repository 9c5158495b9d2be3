package org.trm4j.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;

/**
 * What a checkpoint file holds.
 *
 * @param tensors by the names in the file, as 32-bit floats
 * @param metadata free text by key
 * @param types the element type that a tensor has in the file, such as {@code BF16}, by name; empty
 *     where it did not come from a file
 * @param unread tensors that depend on a class or function that is not known here, and on which, by
 *     name
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Checkpoint(
    ParameterSet tensors,
    Map<String, String> metadata,
    Map<String, String> types,
    Map<String, String> unread) {
  /** Copies the maps. */
  public Checkpoint {
    metadata = copy(metadata);
    types = copy(types);
    unread = copy(unread);
  }

  /** Makes a checkpoint that did not come from a file. */
  public Checkpoint(ParameterSet tensors, Map<String, String> metadata) {
    this(tensors, metadata, Map.of(), Map.of());
  }

  /** Keys come from files: {@code Map.copyOf} takes quadratic time where their hashes collide. */
  private static Map<String, String> copy(Map<String, String> map) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(map));
  }
}
