package org.trm4j.training.config;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.Plugins;
import org.trm4j.training.TrainingException;

/**
 * What a model is trained on.
 *
 * @param dataset id of the data set provider
 * @param path file or folder to open; empty to generate puzzles
 * @param options of the provider
 * @param augment whether training examples are augmented
 * @param evaluationSplit the split that evaluations run on
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record DataSettings(
    String dataset,
    String path,
    Map<String, String> options,
    boolean augment,
    String evaluationSplit) {
  /** The id in the configuration of a run whose data set a program made by itself. */
  public static final String NO_LOCATION = "?";

  /** Copies the options and checks the rest. */
  public DataSettings {
    options = Settings.sorted("data.options", options);
    Settings.check(!dataset.isBlank(), "data.dataset", "empty", "the id of a data set");
    Settings.check(
        !evaluationSplit.isBlank(), "data.evaluationSplit", "empty", "the name of a split");
  }

  /** Opens or generates the data set; the provider is found among the plug-ins. */
  public Dataset open() {
    if (dataset.equals(NO_LOCATION)) {
      throw new TrainingException(
          "data: a program gave the run its puzzles, and where they come from is not known; give them again (--data)");
    }
    DatasetProvider provider = Plugins.datasets().get(dataset);
    if (path.isEmpty() && !provider.generates()) {
      throw new TrainingException(
          "data set %s: makes no puzzles of its own; set data.path to its files"
              .formatted(dataset));
    }
    return new DatasetLocation(dataset, path, options).open();
  }
}
