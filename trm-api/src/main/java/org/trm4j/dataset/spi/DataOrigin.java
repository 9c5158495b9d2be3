package org.trm4j.dataset.spi;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;

/**
 * What examples come from, said so that the same examples can be found again.
 *
 * @param dataset id of the data set provider
 * @param path file or folder; empty for generated examples
 * @param options of the provider; for generated examples all of them, for files those given
 * @param sha256 of the content of a file, in hexadecimal digits; of a folder that of the lines
 *     {@code digest name} of its files by name, as {@code sha256sum} prints them; empty for
 *     generated examples
 * @param generatorVersion {@link DatasetProvider#generatorVersion()}; 0 for files
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record DataOrigin(
    String dataset, String path, Map<String, String> options, String sha256, int generatorVersion) {
  /** Copies the options. */
  public DataOrigin {
    options = Collections.unmodifiableMap(new TreeMap<>(options));
  }

  /** Returns whether both are of the same content; the same files may lie elsewhere. */
  public boolean sameContent(DataOrigin other) {
    return dataset.equals(other.dataset)
        && options.equals(other.options)
        && sha256.equals(other.sha256)
        && generatorVersion == other.generatorVersion;
  }

  /** Returns one line such as {@code sudoku {size=9, ...}, generator 1}. */
  @Override
  public String toString() {
    return path.isEmpty()
        ? "%s %s, generator %s".formatted(dataset, options, generatorVersion)
        : "%s%s, SHA-256 %.12s...".formatted(path, options.isEmpty() ? "" : " " + options, sha256);
  }
}
