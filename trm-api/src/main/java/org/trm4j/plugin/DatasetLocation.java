package org.trm4j.plugin;

import java.nio.file.Path;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Where a data set comes from; {@code Trm.dataset} opens it.
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

  /** Returns where a data set is that its plug-in makes. */
  public static DatasetLocation generated(String provider, Map<String, String> options) {
    return new DatasetLocation(provider, "", options);
  }

  /** Returns where files are that a plug-in reads. */
  public static DatasetLocation of(String provider, Path path, Map<String, String> options) {
    return new DatasetLocation(provider, path.toString(), options);
  }
}
