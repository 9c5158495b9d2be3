package org.trm4j.cli.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.cli.terminal.Console;
import org.trm4j.exchange.CheckpointImport;
import org.trm4j.task.ParameterLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a run folder of a published checkpoint. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a run folder from a checkpoint of a published code: torch files, Lightning"
          + " checkpoints, safetensors.",
      "The configuration is read beside it; what neither it nor the shapes tell is asked for in one"
          + " message.",
      "docs/CHECKPOINTS.md lists the forms and the settings."
    },
    footer = {
      "",
      "Examples:",
      "  trm import checkpoints/Sudoku-ACT-torch/my-run --out runs/published",
      "  trm import step_65100 --out runs/p --set T=3 --set n=6 --set heads=8 --set"
          + " positions=rotary --set domain=sudoku:size=9"
    })
public final class ImportCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "SOURCE",
      description = "A checkpoint, or a folder that holds one (of several step_N the last).")
  private Path source;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "RUN",
      description = "The run folder to make.")
  private Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "A setting that the checkpoint does not contain, such as T=3, n=6, heads=8,"
              + " positions=rotary, domain=sudoku:size=9.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ImportCommand() {}

  @Override
  public void run() {
    CheckpointImport.ImportedModel imported = CheckpointImport.read(source, settings);
    imported.write(out);
    Console console = new Console(spec.commandLine().getOut());
    imported.notes().forEach(console::line);
    ModelDescription description = imported.model().description();
    console.line(
        "%s, %s parameters, %s"
            .formatted(
                description.plan().name(),
                ParameterLayout.trainedCount(description.plan().parameters(), false),
                description.domain().isEmpty()
                    ? "no puzzle domain"
                    : description.domain() + " " + description.domainOptions()));
    console.line("in %s; use it with --model %s".formatted(out, out));
  }
}
