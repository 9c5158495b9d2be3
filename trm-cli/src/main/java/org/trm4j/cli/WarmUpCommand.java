package org.trm4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Trains, evaluates and solves for a moment, so that the JVM records for its ahead-of-time cache
 * which classes and methods these commands need.
 */
@Command(
    name = "warm-up",
    hidden = true,
    description = "Runs the main commands on something tiny; the launcher calls it once.")
final class WarmUpCommand implements Callable<Integer> {
  private static final String NINE =
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
  private static final String PUZZLES = "sudoku:size=4,train=20,test=20";

  WarmUpCommand() {}

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("trm-warm-up");
    try {
      String run = folder.resolve("run").toString();
      int code = 0;
      for (List<String> command :
          List.of(
              List.of("plugins"),
              List.of("models"),
              List.of("solve", "3.1.4..2.......1", "--trace"),
              List.of("solve", NINE, "--trace"),
              List.of("train", "--data", PUZZLES, "--config", "demo", "--out", run, "--steps", "3"),
              List.of("eval", "--model", run, "--data", PUZZLES, "--json"),
              List.of("info", run),
              List.of("solve", "--model", run, "1...............", "--trace"))) {
        int own = silent().execute(command.toArray(String[]::new));
        // An untrained model leaves a puzzle unsolved, which is what exit code 1 says.
        code = own > 1 ? own : code;
      }
      return code;
    } finally {
      delete(folder);
    }
  }

  private static CommandLine silent() {
    return TrmMain.commandLine()
        .setOut(new PrintWriter(Writer.nullWriter()))
        .setErr(new PrintWriter(System.err, true));
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
