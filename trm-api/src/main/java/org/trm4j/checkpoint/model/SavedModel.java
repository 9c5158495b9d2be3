package org.trm4j.checkpoint.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apiguardian.api.API;
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
}
