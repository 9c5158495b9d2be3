package org.trm4j.cli;

import java.util.HashMap;
import java.util.Map;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.Datasets;

/** Data as a model needs it. */
final class Fit {
  private Fit() {}

  /**
   * Opens files as the model's domain says: what it knows about symbols and shape is not found out
   * anew from other files, which may hold fewer of them.
   */
  static Dataset open(DatasetLocation location, ModelDescription model) {
    if (location.path().isEmpty() || !location.provider().equals(model.domain())) {
      return location.open();
    }
    Map<String, String> options = new HashMap<>();
    for (DatasetOption option : Datasets.readingOptions(location.provider())) {
      String known = model.domainOptions().get(option.name());
      if (known != null && !known.isEmpty()) {
        options.put(option.name(), known);
      }
    }
    options.putAll(location.options());
    return new DatasetLocation(location.provider(), location.path(), options).open();
  }

  /** Returns {@code test} where there is one, else the first split. */
  static String evaluationSplit(Dataset dataset) {
    return dataset.splits().contains("test") ? "test" : dataset.splits().iterator().next();
  }
}
