package org.trm4j.datasets.io.download;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * Published data.
 *
 * @param name by which users ask for it; also its folder in the cache
 * @param description one line
 * @param licence as its authors state it
 * @param files what it consists of
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record DataSource(String name, String description, String licence, List<RemoteFile> files) {
  /** Checks the name. */
  public DataSource {
    files = List.copyOf(files);
    if (!name.matches("[a-z0-9]+([-.][a-z0-9]+)*")) {
      throw new DatasetException(
          "download: source name '%s', expected lower case letters, digits and dashes"
              .formatted(name));
    }
  }

  /** Returns the bytes of all files. */
  public long size() {
    return files.stream().mapToLong(RemoteFile::size).sum();
  }
}
