package org.trm4j.cli.models;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.cli.terminal.Console;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.pretrained.PretrainedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the models in the box. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@Command(
    name = "models",
    mixinStandardHelpOptions = true,
    subcommands = PackCommand.class,
    description = {
      "Lists the models in the box, with what they solve and how large they are.",
      "Solved: of so many generated puzzles, in one attempt each unless it says in how many. The"
          + " card of each is models/trm-model-NAME/README.md."
    },
    footer = {
      "",
      "Examples:",
      "  trm models",
      "  trm solve --model sudoku-9"
          + " 53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"
    })
public final class ModelsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public ModelsCommand() {}

  @Override
  public void run() {
    Console console = new Console(spec.commandLine().getOut());
    List<PretrainedModel> models = Trm.standard().models();
    if (json) {
      console.json(models.stream().map(ModelsCommand::values).toList());
      return;
    }
    List<String> lines = new ArrayList<>();
    for (PretrainedModel model : models) {
      PretrainedDescription d = model.description();
      PretrainedDescription.Result result = d.results().getFirst();
      lines.add(
          String.format(
              Locale.ROOT,
              "%-12s %-9s %-24s %,12d %7s KiB  %s",
              d.name(),
              d.version(),
              solved(result),
              d.parameters(),
              (d.bytes() + 1023) / 1024,
              d.training()));
    }
    console.line(
        "%-12s %-9s %-24s %12s %11s  %s"
            .formatted("name", "version", "solved", "parameters", "size", "training"));
    lines.forEach(console::line);
    Trm.standard()
        .plugins()
        .pretrainedModels()
        .unusable()
        .forEach(line -> console.line("not usable: " + line));
  }

  private static String solved(PretrainedDescription.Result result) {
    return String.format(
        Locale.ROOT,
        "%.1f%% of %s%s",
        100 * result.accuracy(),
        result.puzzles(),
        result.attempts() == 1 ? "" : ", " + result.attempts() + " attempts");
  }

  private static Map<String, Object> values(PretrainedModel model) {
    PretrainedDescription d = model.description();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", d.name());
    values.put("version", d.version());
    values.put("domain", d.domain());
    values.put("domainOptions", d.domainOptions());
    values.put("parameters", d.parameters());
    values.put("bytes", d.bytes());
    values.put("sha256", d.sha256());
    values.put("licence", d.licence());
    values.put("commit", d.commit());
    values.put("training", d.training());
    values.put("results", d.results());
    return values;
  }
}
