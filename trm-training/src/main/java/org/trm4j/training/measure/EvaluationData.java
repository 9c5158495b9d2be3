package org.trm4j.training.measure;

import java.util.HashMap;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plugin.DatasetLocation;

/** Opens data for a model. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EvaluationData {
  private EvaluationData() {}

  /**
   * Opens files with the model's domain: symbols and shape are not inferred again from other files,
   * which may hold fewer of them.
   */
  public static Dataset open(DatasetLocation location, ModelDescription model) {
    if (location.path().isEmpty() || !location.provider().equals(model.domain())) {
      return Trm.standard().dataset(location);
    }
    Map<String, String> options = new HashMap<>();
    for (DatasetProvider.Option option : Trm.standard().readingOptions(location.provider())) {
      String known = model.domainOptions().get(option.name());
      if (known != null && !known.isEmpty()) {
        options.put(option.name(), known);
      }
    }
    options.putAll(location.options());
    return Trm.standard()
        .dataset(new DatasetLocation(location.provider(), location.path(), options));
  }

  /**
   * Returns the model on the grid of the data: itself, unless they are the same puzzles in another
   * size and its parameters fit every grid.
   */
  public static SavedModel fit(SavedModel model, Dataset data) {
    ModelDescription description = model.description();
    PuzzleDomain domain = data.domain();
    return description.fitsEveryGrid()
            && description.domain().equals(domain.id())
            && !description.domainOptions().equals(domain.options())
        ? model.onGrid(domain)
        : model;
  }

  /** Returns {@code test} if there is such a split, else the first one. */
  public static String split(Dataset dataset) {
    return dataset.splits().contains("test") ? "test" : dataset.splits().iterator().next();
  }
}
