package org.trm4j.spark;

import java.io.UncheckedIOException;
import org.trm4j.error.TrmException;
import org.trm4j.spark.support.Failure;
import picocli.CommandLine;

/** The programs for {@code spark-submit}: one line for an error, exit code 0, 1, 2 or 70. */
final class Programs {
  static final int BAD_INPUT = 2;
  static final int DEFECT = 70;

  private Programs() {}

  /** Runs a program and returns its exit code. */
  static int run(Object command, String[] args) {
    return new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(110)
        .setExecutionExceptionHandler((e, line, parsed) -> failed(e, line))
        .execute(args);
  }

  private static int failed(Exception e, CommandLine line) {
    boolean expected =
        e instanceof TrmException
            || e instanceof IllegalArgumentException
            || e instanceof IllegalStateException
            || e instanceof UncheckedIOException
            || e instanceof java.io.IOException;
    line.getErr().println(line.getCommandName() + ": " + Failure.firstLine(e));
    if (!expected) {
      e.printStackTrace(line.getErr());
    }
    line.getErr().flush();
    return expected ? BAD_INPUT : DEFECT;
  }
}
