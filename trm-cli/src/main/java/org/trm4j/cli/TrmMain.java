package org.trm4j.cli;

import org.apiguardian.api.API;
import org.trm4j.cli.terminal.Failures;
import picocli.CommandLine;

/**
 * The {@code trm} command. Exit codes: 0 done, 1 a result is not what it should be, 2 bad input, 70
 * a defect, 130 interrupted.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class TrmMain {
  private TrmMain() {}

  /** Runs the command and ends the JVM with its exit code. */
  public static void main(String[] args) {
    CommandLine line = commandLine();
    int code;
    try {
      code = line.execute(args);
    } catch (OutOfMemoryError e) {
      code = Failures.memory(e, line.getErr());
    }
    System.exit(code);
  }

  static CommandLine commandLine() {
    return new CommandLine(new TrmCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(110)
        .setExecutionStrategy(TrmMain::withPlugins)
        .setParameterExceptionHandler(Failures::parameters)
        .setExecutionExceptionHandler(
            (e, line, parsed) -> Failures.execution(e, line, stackTrace(line)));
  }

  private static boolean stackTrace(CommandLine line) {
    return line.getCommandSpec().root().userObject() instanceof TrmCommand top && top.stackTrace();
  }

  private static int withPlugins(CommandLine.ParseResult parsed) {
    CommandLine.IExecutionStrategy last = new CommandLine.RunLast();
    String option =
        parsed.commandSpec().userObject() instanceof TrmCommand top ? top.plugins() : "";
    String variable = System.getenv(PluginPath.VARIABLE);
    try {
      return PluginPath.with(
          option.isEmpty() && variable != null ? variable : option, () -> last.execute(parsed));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
