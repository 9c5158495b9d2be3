package org.trm4j.it.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.frontend.DataText;

/** Reads every file of a folder and prints, one line each, whether it was read or refused. */
final class HostileReader {
  private HostileReader() {}

  public static void main(String[] arguments) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
      files = all.sorted().toList();
    }
    for (Path file : files) {
      System.out.println(file.getFileName() + ": " + outcome(file));
    }
  }

  private static String outcome(Path file) {
    try {
      if (file.toString().endsWith(".gz")) {
        try (Dataset dataset = DataText.open("sudoku:" + file)) {
          return "read, splits " + dataset.splits();
        }
      }
      return "read, %s texts".formatted(ModelFiles.open(file).metadata().size());
    } catch (CheckpointException | DatasetException e) {
      return "refused: " + e.getMessage();
    }
  }
}
