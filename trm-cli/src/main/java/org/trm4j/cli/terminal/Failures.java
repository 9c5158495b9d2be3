package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.plugin.PluginException;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.training.TrainingException;
import picocli.CommandLine;

/** Turns failures into one line and an exit code. */
public final class Failures {
  public static final int BAD_INPUT = 2;
  public static final int DEFECT = 70;

  private Failures() {}

  public static int parameters(CommandLine.ParameterException e, String[] args) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(
        "trm: "
            + Printable.line(e.getMessage())
            + (Arrays.stream(args).anyMatch(arg -> arg.matches("-[-0-9A-Ga-g._*]{15,}"))
                ? "; a puzzle that begins with - is given as --puzzle=PUZZLE"
                : "")
            + encoding(e.getMessage())
            + "; see "
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help");
    CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
    return BAD_INPUT;
  }

  public static int execution(Exception e, CommandLine commandLine, boolean stackTrace) {
    PrintWriter err = commandLine.getErr();
    if (stackTrace) {
      e.printStackTrace(PrintableWriter.of(err));
    }
    if (e instanceof InterruptedCommandException) {
      err.println("trm: interrupted: " + Printable.line(e.getMessage()));
      return Interrupts.EXIT_CODE;
    }
    if (expected(e)) {
      err.println("trm: " + Printable.line(e.getMessage()) + encoding(e.getMessage()));
      return BAD_INPUT;
    }
    err.println(
        "trm: a defect of trm: "
            + Printable.line(e.toString())
            + "; run again with --stacktrace and report it");
    return DEFECT;
  }

  public static int memory(OutOfMemoryError e, PrintWriter err) {
    err.println(
        "trm: out of memory (%s), with a heap of at most %s MiB: use a smaller batch, or more, such as JAVA_TOOL_OPTIONS=-Xmx8g"
            .formatted(Printable.line(e.getMessage()), Runtime.getRuntime().maxMemory() >> 20));
    err.flush();
    return BAD_INPUT;
  }

  /**
   * In the C locale of a bare container the JVM knows no letters but ASCII in the names of files:
   * an argument arrives with replacement characters, and a name in a file cannot become a path.
   */
  private static String encoding(@Nullable String message) {
    String names = System.getProperty("sun.jnu.encoding", "UTF-8");
    return message != null
            && !names.equalsIgnoreCase("UTF-8")
            && (message.indexOf('\uFFFD') >= 0 || message.contains("unmappable characters"))
        ? "; names of files are read in %s here: set LC_ALL=C.UTF-8".formatted(names)
        : "";
  }

  /** Exceptions by which the library refuses what it was given. */
  private static boolean expected(Exception e) {
    return e instanceof PluginException
        || e instanceof DatasetException
        || e instanceof CheckpointException
        || e instanceof BackendException
        || e instanceof TrainingException
        || e instanceof InvalidProgramException
        || e instanceof IllegalArgumentException
        || e instanceof IllegalStateException
        || e instanceof UncheckedIOException
        || e instanceof java.io.IOException;
  }

  /** Prints a message of {@code trm} as one line of printable text. */
  public static void notes(PrintWriter err, List<String> notes) {
    notes.forEach(note -> err.println("note: " + Printable.line(note)));
    err.flush();
  }

  /** Prints one line. */
  public static void print(PrintWriter err, String message) {
    err.println("trm: " + Printable.line(message));
    err.flush();
  }
}
