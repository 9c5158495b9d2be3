package org.trm4j.it.architecture.planted.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Planted: breaks a rule on purpose. */
final class WritesInPlace {
  private WritesInPlace() {}

  static void write(Path file) throws IOException {
    Files.writeString(file, "half of it may come through");
  }
}
