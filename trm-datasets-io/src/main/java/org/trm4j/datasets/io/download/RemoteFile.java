package org.trm4j.datasets.io.download;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * A file with its pinned content.
 *
 * @param path where it is put, relative to the source's folder, with slashes
 * @param size in bytes
 * @param sha256 of its content, in hexadecimal
 * @param urls where it can be had, the first preferred
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record RemoteFile(String path, long size, String sha256, List<URI> urls) {
  /** Checks that nothing leads out of the folder or over an open line. */
  public RemoteFile {
    urls = List.copyOf(urls);
    Path relative = Path.of(path);
    if (path.isBlank()
        || relative.isAbsolute()
        || !relative.normalize().equals(relative)
        || relative.startsWith("..")) {
      throw new DatasetException(
          "download: path '%s', expected one within the source's folder".formatted(path));
    }
    if (size < 0 || !sha256.matches("[0-9a-f]{64}")) {
      throw new DatasetException(
          "download: %s: size %s and SHA-256 '%s', expected a size and 64 hexadecimal digits"
              .formatted(path, size, sha256));
    }
    for (URI url : urls) {
      if (!allowed(url)) {
        throw new DatasetException("download: %s: %s, expected https".formatted(path, url));
      }
    }
  }

  /** Plain HTTP never leaves the machine. */
  static boolean allowed(URI url) {
    String host = String.valueOf(url.getHost());
    return "https".equals(url.getScheme())
        || ("http".equals(url.getScheme())
            && (host.equals("localhost") || host.equals("127.0.0.1")));
  }
}
