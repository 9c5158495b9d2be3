package org.trm4j.cli.data;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.trm4j.cli.terminal.InterruptedCommandException;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.datasets.io.npy.FolderBuild;

/** Fills a new folder; Ctrl-C ends the work at its next write and takes back what was written. */
final class StoppableBuild {
  private StoppableBuild() {}

  /** Makes the folder, which must be empty or absent, and runs the work that fills it. */
  static <T> T write(PrintWriter err, Path folder, Supplier<T> work) {
    boolean there = Files.exists(folder);
    FolderBuild.empty(folder);
    Thread worker = Thread.currentThread();
    try (Interrupts interrupts =
        new Interrupts(
            err, worker::interrupt, "stopping", () -> folder + " is incomplete: remove it")) {
      try {
        T result = work.get();
        if (!interrupts.requested()) {
          return result;
        }
      } catch (RuntimeException e) {
        if (!interrupts.requested()) {
          throw e;
        }
      }
      Thread.interrupted();
      delete(folder, there);
      throw new InterruptedCommandException("what was written to " + folder + " was removed");
    }
  }

  private static void delete(Path folder, boolean keepFolder) {
    try (Stream<Path> entries = Files.walk(folder)) {
      List<Path> all = entries.sorted(Comparator.reverseOrder()).toList();
      for (Path entry : keepFolder ? all.subList(0, all.size() - 1) : all) {
        Files.delete(entry);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": is incomplete and cannot be removed: " + e, e);
    }
  }
}
