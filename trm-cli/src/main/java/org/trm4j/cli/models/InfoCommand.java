package org.trm4j.cli.models;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Printable;
import org.trm4j.plan.Plan;
import org.trm4j.plan.count.FlopCounter;
import org.trm4j.task.ParameterLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows a model file. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description =
        "Shows a model: its network, parameters, recursion program and, with --plan, what a backend executes.")
public final class InfoCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", description = ModelChoice.HELP)
  private String model;

  @Option(names = "--plan", description = "Print the plan too.")
  private boolean plan;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InfoCommand() {}

  @Override
  public void run() {
    SavedModel saved = ModelChoice.read(model, spec.commandLine().getErr());
    Plan lowered = saved.description().plan();
    saved.parameters().matching(lowered.parameters());
    long trained = ParameterLayout.trainedCount(lowered.parameters(), false);
    long all = ParameterLayout.trainedCount(lowered.parameters(), true);
    double flops = FlopCounter.count(lowered.inference());
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("config", saved.description().config());
      values.put("policy", saved.description().policy());
      values.put("policyArguments", saved.description().policyArguments());
      values.put("domain", saved.description().domain());
      values.put("domainOptions", saved.description().domainOptions());
      values.put("trainedParameters", trained);
      values.put("puzzleEmbeddingParameters", all - trained);
      values.put("effectiveDepth", saved.description().program().effectiveDepth());
      values.put("gflopPerStep", flops / 1e9);
      values.put("usualSteps", saved.description().usualSteps());
      values.put("metadata", saved.metadata());
      console.json(values);
      return;
    }
    console.line(String.valueOf(saved.description().config()));
    console.line(
        String.format(
            Locale.ROOT,
            "%,d trained parameters, and %,d of puzzle embeddings",
            trained,
            all - trained));
    console.line(
        String.format(
            Locale.ROOT,
            "effective depth %s layers, %.4f GFLOP for a supervision step of a puzzle",
            saved.description().program().effectiveDepth(),
            flops / 1e9));
    console.line(
        "an attempt has at most %s supervision steps unless --steps says otherwise"
            .formatted(saved.description().usualSteps()));
    console.line(
        "domain %s %s"
            .formatted(saved.description().domain(), saved.description().domainOptions()));
    origin(console, saved.metadata());
    console.line("");
    console.line(saved.description().task().toString());
    if (plan) {
      console.line("");
      console.line(lowered.toString());
    }
  }

  /** What it was trained on takes lines of its own; the rest is a line each. */
  private static void origin(Console console, Map<String, String> metadata) {
    new TreeMap<>(metadata)
        .forEach((key, value) -> {
          if (key.equals("data") || key.equals("from")) {
            console.line(key.equals("data") ? "trained on" : "began with");
            value.lines().forEach(line -> console.line("  " + Printable.line(line)));
          } else {
            console.line(Printable.line(key) + " = " + Printable.line(value));
          }
        });
  }
}
