package org.trm4j.backend.cpu.kernel.amx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Linux and the JVM know about this process's signals, for a test that waits for one in vain:
 * whether it is caught, whether it is pending or every thread blocks it, and what the JVM's threads
 * for signals do.
 */
final class SignalState {
  private SignalState() {}

  /** Returns some lines; threads with the same masks are one line. */
  static String describe() {
    List<String> lines = new ArrayList<>();
    try {
      lines.add("process: " + masks(Path.of("/proc/self/status"), "SigCgt", "SigIgn", "ShdPnd"));
      Map<String, List<String>> threads = new TreeMap<>();
      List<Path> tasks;
      try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
        tasks = all.toList();
      }
      for (Path task : tasks) {
        threads
            .computeIfAbsent(thread(task, "SigBlk", "SigPnd"), key -> new ArrayList<>())
            .add(thread(task, "Name"));
      }
      threads.forEach(
          (masks, names) -> lines.add("%s threads %s: %s".formatted(names.size(), masks, names)));
    } catch (IOException e) {
      lines.add("/proc cannot be read: " + e);
    }
    Thread.getAllStackTraces()
        .forEach((thread, stack) -> {
          if (thread.getName().startsWith("Signal") || thread.getName().startsWith("SIG")) {
            lines.add("%s %s at %s".formatted(thread.getName(), thread.getState(), List.of(stack)));
          }
        });
    return String.join(System.lineSeparator(), lines);
  }

  private static String thread(Path task, String... keys) {
    try {
      return masks(task.resolve("status"), keys);
    } catch (IOException e) {
      return "that ended meanwhile";
    }
  }

  private static String masks(Path status, String... keys) throws IOException {
    List<String> wanted = List.of(keys);
    List<String> found = new ArrayList<>();
    for (String line : Files.readAllLines(status)) {
      String[] pair = line.split(":\\s*", 2);
      if (wanted.contains(pair[0])) {
        found.add(pair[0].equals("Name") ? pair[1] : pair[0] + " " + pair[1]);
      }
    }
    return String.join(" ", found);
  }
}
