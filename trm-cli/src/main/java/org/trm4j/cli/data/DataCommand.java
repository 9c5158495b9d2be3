package org.trm4j.cli.data;

import org.apiguardian.api.API;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The group of commands for data. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Fetches, generates, builds, checks and shows puzzles.",
    subcommands = {
      ListCommand.class,
      FetchCommand.class,
      GenerateCommand.class,
      BuildCommand.class,
      InfoCommand.class,
      VerifyCommand.class,
      LeakageCommand.class,
      ShowCommand.class
    },
    footer = {
      "",
      "A data set is written as a file or folder, ID:PATH, either with ?KEY=VALUE,... after it, or",
      "ID:KEY=VALUE,... to generate one. trm data list names the ids and their options.",
      "",
      "Examples:",
      "  trm data fetch sudoku-extreme-1k",
      "  trm data generate maze:size=15,minPath=40,train=500,test=100 --out mazes",
      "  trm data build 'sudoku/train.csv?sample=1000' --augmentations 1000 --out sudoku-1k-aug-1000",
      "  trm data info sudoku-1k-aug-1000 --examples 10000",
      "  trm data leakage runs/nine",
      "  trm data show arc-folder --split test --index 3 --png task.png"
    })
public final class DataCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** Called by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public DataCommand() {}

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "a command is missing");
  }
}
