package org.trm4j.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.trm4j.dataset.spi.DatasetException;

/** The SHA-256 of files and folders. */
final class ContentDigest {
  private ContentDigest() {}

  /** Returns the digest as {@link org.trm4j.dataset.spi.Dataset.Origin} describes it. */
  static String of(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return file(path);
      }
      MessageDigest digest = sha256();
      for (Path file : files(path)) {
        String name = path.relativize(file).toString().replace('\\', '/');
        digest.update((file(file) + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
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

  private static String file(Path file) throws IOException {
    MessageDigest digest = sha256();
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
