package org.trm4j.cli;

import org.trm4j.cli.bench.BenchCommand;
import org.trm4j.cli.bench.PartsCommand;
import org.trm4j.cli.curve.CurveCommand;
import org.trm4j.cli.data.DataCommand;
import org.trm4j.cli.demo.DemoCommand;
import org.trm4j.cli.doctor.DoctorCommand;
import org.trm4j.cli.doctor.PluginsCommand;
import org.trm4j.cli.launched.McpCommand;
import org.trm4j.cli.launched.ServeCommand;
import org.trm4j.cli.launched.SparkDemoCommand;
import org.trm4j.cli.models.ExportCommand;
import org.trm4j.cli.models.ImportCommand;
import org.trm4j.cli.models.InfoCommand;
import org.trm4j.cli.models.ModelsCommand;
import org.trm4j.cli.models.ParityCommand;
import org.trm4j.cli.scaffold.NewCommand;
import org.trm4j.cli.solve.EvalCommand;
import org.trm4j.cli.solve.SolveCommand;
import org.trm4j.cli.train.AblateCommand;
import org.trm4j.cli.train.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The top command. */
@Command(
    name = "trm",
    mixinStandardHelpOptions = true,
    versionProvider = TrmCommand.VersionProvider.class,
    description =
        "Tiny Recursive Models in Java: train them, solve puzzles with them, measure them.",
    subcommands = {
      SolveCommand.class,
      ModelsCommand.class,
      DemoCommand.class,
      TrainCommand.class,
      PartsCommand.class,
      AblateCommand.class,
      EvalCommand.class,
      CurveCommand.class,
      ParityCommand.class,
      BenchCommand.class,
      DataCommand.class,
      DoctorCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      PluginsCommand.class,
      NewCommand.class,
      InfoCommand.class,
      ServeCommand.class,
      McpCommand.class,
      SparkDemoCommand.class,
      CompletionCommand.class,
      WarmUpCommand.class
    },
    footer = {
      "",
      "Start with:",
      "  trm solve 53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
      "                                             solve a puzzle with a model in the box",
      "  trm demo                                   train a small model on 4x4 Sudoku and solve new puzzles",
      "  trm data list                              puzzles: fetch, generate, build, check, show",
      "  trm serve                                  a page and an API on this machine; trm serve --help",
      "  trm doctor                                 what this machine has and uses, and what to change",
      "  trm plugins                                what is on the class path and whether it can be used",
      "  trm new dataset NAME --out DIR             the project of a plug-in of your own"
    })
final class TrmCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--stacktrace", hidden = true, scope = ScopeType.INHERIT)
  private boolean stackTrace;

  @Option(
      names = "--plugins",
      paramLabel = "PATH",
      scope = ScopeType.INHERIT,
      description =
          "Jars with plug-ins, or folders of jars, separated as in a class path. Default: TRM_PLUGINS.")
  private String plugins = "";

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrmCommand() {}

  /** Returns where plug-ins are looked for besides the class path; empty for nowhere. */
  String plugins() {
    return plugins;
  }

  boolean stackTrace() {
    return stackTrace;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }

  /** The version that the build wrote into the jar. */
  static final class VersionProvider implements IVersionProvider {
    VersionProvider() {}

    @Override
    public String[] getVersion() {
      String version = TrmMain.class.getPackage().getImplementationVersion();
      return new String[] {
        "trm " + (version == null ? "(not packaged)" : version),
        "Java " + Runtime.version() + " on " + System.getProperty("os.arch")
      };
    }
  }
}
