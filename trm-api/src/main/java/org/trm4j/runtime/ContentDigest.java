package org.trm4j.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.dataset.spi.DatasetException;

/** The SHA-256 of files and folders. */
final class ContentDigest {
  private ContentDigest() {}

  /** Returns the digest as {@link org.trm4j.dataset.spi.Dataset.Origin} describes it. */
  static String of(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return Sha256.of(path);
      }
      MessageDigest digest = Sha256.digest();
      for (Path file : files(path)) {
        String name = path.relativize(file).toString().replace('\\', '/');
        digest.update((Sha256.of(file) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return Sha256.text(digest);
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(path, e), e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }
  }
}
