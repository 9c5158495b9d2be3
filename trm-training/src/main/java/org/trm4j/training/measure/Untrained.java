package org.trm4j.training.measure;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ParameterInitializer;

/**
 * The same network before training. What a search finds with it, the search finds without having
 * learned anything; that is the figure to compare a trained model's with.
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
