package org.trm4j.training.checkpoint;

import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;

/**
 * The description of a run in its checkpoints and models.
 *
 * @param config the configuration
 * @param device what it runs on
 * @param data the training data, as {@link DataIdentity} describes it; empty if unknown
 * @param identifiers what a model keeps of its tasks' names
 * @param from the model that it began with and what that was trained on; empty for none
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record RunIdentity(
    TrainingConfig config,
    String device,
    String data,
    Map<String, String> identifiers,
    String from) {

  /** Returns the configuration as JSON. */
  String json() {
    return TrainingConfigs.toJson(config);
  }

  /**
   * Returns the metadata of a model.
   *
   * @param step the last training step
   * @param examples training examples taken
   */
  public Map<String, String> metadata(long step, long examples) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("step", Long.toString(step));
    metadata.put("recipe", config.name());
    metadata.put("examples", Long.toString(examples));
    metadata.put("seed", Long.toString(config.run().seed()));
    metadata.putAll(identifiers);
    if (!data.isEmpty()) {
      metadata.put("data", data);
    }
    if (!from.isEmpty()) {
      metadata.put("from", from);
    }
    return metadata;
  }
}
