package org.trm4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds a folder name that is not taken. */
final class FreeFolder {
  private FreeFolder() {}

  static Path in(Path parent, String name) {
    Path folder = parent.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = parent.resolve(name + "-" + i);
    }
    return folder;
  }
}
