package org.trm4j.cli.bench;

import java.nio.file.Path;
import java.util.Locale;
import org.trm4j.cli.terminal.Console;
import org.trm4j.training.checkpoint.RunParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Carries a run between machines. */
@Command(
    name = "parts",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {PartsCommand.Write.class, PartsCommand.Join.class},
    description = {
      "Carries a run between machines in files of at most 16 MiB.",
      "A joined run continues bit for bit, unless its parts were made with --compact.",
      "What a run keeps from before its loss rose (before-rise.safetensors) is not carried; a line says so."
    },
    footer = {
      "",
      "Examples:",
      "  trm parts write runs/nine --out carried",
      "  trm parts join carried --out runs/nine-again"
    })
public final class PartsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PartsCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private void say(String line) {
    new Console(spec.commandLine().getOut()).line(line);
  }

  private void sayLeftOut(RunParts.Carried carried) {
    if (!carried.leftOut().isEmpty()) {
      say(
          "%s is not among the parts: the joined run cannot go back with --rewind"
              .formatted(carried.leftOut()));
    }
  }

  /** Writes parts. */
  @Command(
      name = "write",
      mixinStandardHelpOptions = true,
      description = "Writes the parts of a run folder, with their SHA-256.")
  static final class Write implements Runnable {
    @ParentCommand private PartsCommand parent;

    @Parameters(index = "0", paramLabel = "RUN", description = "The run folder.")
    private Path run;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "A new folder.")
    private Path out;

    @Option(
        names = "--compact",
        description =
            "Leave out the examples in the slots, and round the optimizer's moments to BF16; the run then continues, but not bit for bit.")
    private boolean compact;

    @Option(
        names = "--most",
        paramLabel = "MIB",
        defaultValue = "64",
        description = "MiB of all parts together. Default: ${DEFAULT-VALUE}.")
    private int most;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Write() {}

    @Override
    public void run() {
      RunParts.Carried carried = RunParts.write(run, out, compact, (long) most << 20);
      parent.say(
          String.format(
              Locale.ROOT,
              "%.1f MiB in %s%s",
              carried.bytes() / 1048576.0,
              out,
              compact ? "; compact: slots start anew, moments are BF16" : ""));
      parent.sayLeftOut(carried);
    }
  }

  /** Joins parts. */
  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description = "Makes a run folder from parts, after checking all of them.")
  static final class Join implements Runnable {
    @ParentCommand private PartsCommand parent;

    @Parameters(index = "0", paramLabel = "DIR", description = "The folder of the parts.")
    private Path parts;

    @Option(names = "--out", required = true, paramLabel = "RUN", description = "A new folder.")
    private Path out;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    Join() {}

    @Override
    public void run() {
      RunParts.Carried carried = RunParts.join(parts, out);
      parent.sayLeftOut(carried);
      parent.say("joined in " + out + "; go on with: trm train --resume --out " + out);
    }
  }
}
