package org.trm4j.training.measure;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ParameterInitializer;

/**
 * The same network before training. Its result shows what the search finds without any learning,
 * and is the baseline for a trained model.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class Untrained {
  private static final long SEED = 1;

  private Untrained() {}

  /** Returns a model with initial parameters, always the same ones. */
  public static SavedModel of(SavedModel model) {
    return new SavedModel(
        model.description(),
        ParameterInitializer.initialize(model.description().plan().parameters(), SEED),
        Map.of());
  }
}
