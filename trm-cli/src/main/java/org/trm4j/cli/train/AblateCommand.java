package org.trm4j.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.training.ablation.Ablation;
import org.trm4j.training.ablation.AblationTable;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.AblationText;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares recursion policies. */
@Command(
    name = "ablate",
    mixinStandardHelpOptions = true,
    description = {
      "Trains several recursion policies on the same data, with the same seeds and the same budget,"
          + " and compares them.",
      "Writes ablation.txt, ablation.csv (one line per run) and ablation.png beside the run"
          + " folders.",
      "Finished runs with the same settings are not repeated, so an interrupted ablation"
          + " continues where it stopped."
    },
    footer = {
      "",
      "Examples:",
      "  trm ablate --data sudoku:size=4,train=5500,test=600 --policies trm,trm-single-z,hrm"
          + " --seeds 1,2,3 --budget 300 --out runs/a",
      "  trm ablate --data sudoku:size=4,train=5500,test=600 --policies"
          + " 'trm(T=3;n=2),direct(layers=4)' --budget 40TFLOP --out runs/b"
    })
public final class AblateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = {"--data", "--dataset"},
      required = true,
      paramLabel = "D",
      description = "A file or folder, or id:key=value,... to generate puzzles.")
  private String data;

  @Option(
      names = "--policies",
      required = true,
      split = ",",
      paramLabel = "P",
      description = "Recursion policies, each with arguments where wanted, as in trm(T=2;n=3).")
  private List<String> policies;

  @Option(
      names = "--seeds",
      split = ",",
      defaultValue = "1,2,3",
      paramLabel = "S",
      description = "Seeds, with one run each. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds;

  @Option(
      names = "--budget",
      defaultValue = "300",
      description =
          "Budget of each run: training steps, such as 300, or operations, such as 40TFLOP. Default:"
              + " ${DEFAULT-VALUE}.")
  private String budget;

  @Option(
      names = "--config",
      paramLabel = "C",
      defaultValue = "demo",
      description =
          "Recipe or file with everything but the recursion. Default:" + " ${DEFAULT-VALUE}.")
  private String config;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change any value of the configuration.")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "The folder.")
  private Path out;

  @Option(
      names = "--json",
      description = "Print the comparison as JSON at the end; progress goes to the standard error.")
  private boolean json;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  AblateCommand() {}

  @Override
  public Integer call() throws IOException {
    Console console = new Console(spec.commandLine().getOut());
    TrainerFactory factory = new TrainerFactory(Set.of(ProgressDisplay.create(messages())));
    DatasetLocation location = DataText.locate(data);
    try (Dataset dataset = Trm.standard().dataset(location);
        Backend opened = backend.open()) {
      TrainingConfig common = common(location, dataset);
      Ablation ablation =
          new Ablation(
              common,
              policies.stream()
                  .map(text -> AblationText.contender(text, common.recursion().arguments()))
                  .toList(),
              seeds,
              AblationText.budget(budget),
              out);
      boolean[] stopped = {false};
      AblationTable table =
          ablation.run(factory, dataset, opened, trainer -> run(trainer, stopped));
      if (!table.rows().isEmpty()) {
        if (json) {
          console.json(values(table));
        } else {
          console.line(table.text());
        }
        Files.writeString(out.resolve("ablation.txt"), table.text());
        Files.writeString(out.resolve("ablation.csv"), table.csv());
        AblationChart.draw(table, out.resolve("ablation.png"));
      }
      return stopped[0] ? Interrupts.EXIT_CODE : 0;
    }
  }

  private TrainingConfig common(DatasetLocation location, Dataset dataset) {
    TrainingConfig recipe = TrainingConfigs.recipeOrFile(config);
    TrainingConfig read =
        recipe.withData(
            DataSettings.of(location, recipe.data().augment(), EvaluationData.split(dataset)));
    List<String> overrides =
        new ArrayList<>(List.of("run.evaluateEvery=0", "run.evaluatePuzzles=0"));
    overrides.addAll(changes);
    return SettingsText.with(read, overrides);
  }

  private TrainingResult run(Trainer trainer, boolean[] stopped) {
    TrainingResult result =
        TrainingRun.of(
            trainer,
            null,
            trainer.description().policy(),
            "go on with the same command",
            messages(),
            spec.commandLine());
    stopped[0] |= result.stopped();
    return result;
  }

  /** Returns where a person reads what happens. */
  private PrintWriter messages() {
    return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private static List<Map<String, Object>> values(AblationTable table) {
    return table.rows().stream()
        .map(row -> {
          Map<String, Object> values = new LinkedHashMap<>();
          values.put("policy", row.policy());
          values.put("exact", row.exact().getAverage());
          values.put("exactDeviation", row.exactDeviation());
          values.put("exactLeast", row.exact().getMin());
          values.put("exactMost", row.exact().getMax());
          values.put("cells", row.tokens());
          values.put("parameters", row.parameters());
          values.put("effectiveDepth", row.effectiveDepth());
          values.put("forwardPasses", row.forwardPasses());
          values.put("puzzlesPerSecond", row.puzzlesPerSecond());
          values.put("runs", row.runs());
          return values;
        })
        .toList();
  }
}
