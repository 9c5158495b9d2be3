package org.trm4j.plugin;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;

/**
 * Where a data set comes from.
 *
 * @param provider id of the plug-in that reads or makes it
 * @param path file or folder; empty for one that is generated
 * @param options of the plug-in
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public record DatasetLocation(String provider, String path, Map<String, String> options) {
  /** Copies the options. */
  public DatasetLocation {
    options = Map.copyOf(options);
  }

  /** Opens or generates the data set. */
  public Dataset open() {
    DatasetProvider plugin = Plugins.datasets().get(provider);
    if (!path.isEmpty()) {
      return plugin.open(Path.of(path), options);
    }
    if (!plugin.generates()) {
      throw new PluginException(
          "data set %s: has no generator; give a file or folder".formatted(provider));
    }
    return plugin.generate(options);
  }
}
