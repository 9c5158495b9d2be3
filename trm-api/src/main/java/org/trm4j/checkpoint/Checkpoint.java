package org.trm4j.checkpoint;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSet;

/**
 * What a checkpoint file holds.
 *
 * @param tensors by the names in the file
 * @param metadata free text by key
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record Checkpoint(ParameterSet tensors, Map<String, String> metadata) {
  /** Copies the metadata. */
  public Checkpoint {
    metadata = Map.copyOf(metadata);
  }
}
