package org.trm4j.plugin;

import java.nio.file.Path;
import java.util.HashMap;
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
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record DatasetLocation(String provider, String path, Map<String, String> options) {
  /** Copies the options. */
  public DatasetLocation {
    options = Map.copyOf(options);
  }

  /** Opens or generates the data set. */
  public Dataset open() {
    DatasetProvider plugin = Plugins.datasets().get(provider);
    if (!path.isEmpty()) {
      return new LocatedDataset(Datasets.read(provider, Path.of(path), options), this);
    }
    if (!plugin.generates()) {
      throw new PluginException(
          "data set %s: has no generator; give a file or folder".formatted(provider));
    }
    return new LocatedDataset(plugin.generate(options), this);
  }

  /** Returns what is there now; reads all of the files, for their digest. */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  public Dataset.Origin origin() {
    if (!path.isEmpty()) {
      return new Dataset.Origin(provider, path, options, ContentDigest.of(Path.of(path)), 0);
    }
    DatasetProvider plugin = Plugins.datasets().get(provider);
    Map<String, String> all = new HashMap<>();
    plugin.options().stream()
        .filter(option -> !option.defaultValue().isEmpty())
        .forEach(option -> all.put(option.name(), option.defaultValue()));
    all.putAll(options);
    return new Dataset.Origin(provider, "", all, "", plugin.generatorVersion());
  }
}
