package org.trm4j.training.config;

import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.Plugins;
import org.trm4j.training.TrainingException;
import org.trm4j.training.mixture.Weight;

/**
 * One of the data sets that a run is trained on.
 *
 * @param dataset id of the data set provider
 * @param path file or folder to open; empty to generate puzzles
 * @param options of the provider
 * @param weight its share of the examples, beside the weights of the others, by training step
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record DataPart(String dataset, String path, Map<String, String> options, Weight weight) {
  /** Copies the options and checks the rest. */
  public DataPart {
    options = Settings.sorted("data.options", options);
    Settings.check(!dataset.isBlank(), "data.dataset", "empty", "the id of a data set");
  }

  /** Returns a part that lies where a location says. */
  public static DataPart of(DatasetLocation location, Weight weight) {
    return new DataPart(location.provider(), location.path(), location.options(), weight);
  }

  /** Opens or generates the data set; the provider is found among the plug-ins. */
  public Dataset open() {
    if (dataset.equals(DataSettings.NO_LOCATION)) {
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
