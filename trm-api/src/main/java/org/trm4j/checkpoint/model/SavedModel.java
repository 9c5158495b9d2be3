package org.trm4j.checkpoint.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ParameterSet;

/**
 * A model with its description, as it is in a file.
 *
 * @param description how to run it
 * @param parameters values by canonical name
 * @param metadata free text by key, such as the training step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SavedModel(
    ModelDescription description, ParameterSet parameters, Map<String, String> metadata) {
  /** Copies the metadata. */
  public SavedModel {
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Returns the same parameters for a grid of another size.
   *
   * @param other a domain of the same data set and the same tokens
   * @throws CheckpointException where the parameters are those of one size, or the tokens differ
   * @see ModelDescription#fitsEveryGrid
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public SavedModel onGrid(PuzzleDomain other) {
    return new SavedModel(description.onGrid(other), parameters, metadata);
  }
}
