package org.trm4j.cli.train;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.data.DataChecks;
import org.trm4j.cli.models.ModelChoice;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.log.LogFigures;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import org.trm4j.training.run.WarmStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a model. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a model and writes a self-contained run folder.",
      "Ctrl-C stops after the current step and saves; --resume continues from there. Ctrl-C twice"
          + " stops at once."
    },
    footer = {
      "",
      "Examples:",
      "  trm train --data sudoku:size=4,train=5500,test=600 --config demo --out runs/four",
      "  trm train --data sudoku-extreme --config sudoku-mlp --out runs/nine --set run.batch=64"
          + " --set learningRate=3e-4",
      "  trm train --data grid:my-puzzles.jsonl --config small --out runs/mine",
      "  trm train --config sudoku-9 --for 24h --out runs/nine",
      "  trm train --from runs/nine --data '0.2*sudoku:train=endless' --data"
          + " '0.8*sudoku:train=endless,minRating=20' --out runs/hard",
      "  trm train --resume --out runs/nine"
    })
public final class TrainCommand implements Callable<Integer> {
  /** The names that --config takes. */
  static final class Recipes implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return TrainingConfigs.recipes().iterator();
    }
  }

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "D",
      description = {
        "A file or folder, or id:key=value,... to generate puzzles, with train=endless while"
            + " training. Default: the recipe's.",
        "Several times, each as WEIGHT*LOCATION, for a mixture; a weight is a number, or"
            + " STEP:WEIGHT,... for one that changes. Evaluations run on the first."
      })
  private List<String> data = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description =
          "Start with the parameters of a run folder, model file or model in the box where they"
              + " fit; without --config also use that run's configuration.")
  private @Nullable String from;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = TimeSpan.class,
      description =
          "Train for at most that long, such as 90s, 45m, 2h or 1d12h, the last checkpoint"
              + " included; --resume continues.")
  private @Nullable Duration time;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = "End after N evaluations in a row without a better one; 0 for never.")
  private @Nullable Integer patience;

  @Option(
      names = "--config",
      paramLabel = "C",
      completionCandidates = Recipes.class,
      description = "A recipe (${COMPLETION-CANDIDATES}) or a file.")
  private @Nullable String config;

  @Option(names = "--out", required = true, paramLabel = "RUN", description = "The run folder.")
  private Path out;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Training steps. Default: the recipe's.")
  private @Nullable Long steps;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of parameters, order and exploration.")
  private @Nullable Long seed;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change any value of the configuration, such as run.batch=64.")
  private List<String> changes = new ArrayList<>();

  @Option(names = "--resume", description = "Continue the run in the run folder.")
  private boolean resume;

  @Option(
      names = "--rewind",
      description =
          "With --resume: go back to the last checkpoint before the loss rose far above the lowest,"
              + " as after a learning rate that was too high.")
  private boolean rewind;

  @Option(
      names = "--allow-invalid",
      description = "Train on examples that break the puzzle's rules too; else they are refused.")
  private boolean allowInvalid;

  @Option(
      names = "--json",
      description = "Print the result as JSON at the end; progress goes to the standard error.")
  private boolean json;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() {
    long began = System.nanoTime();
    List<String> overrides = new ArrayList<>(changes);
    if (steps != null) {
      overrides.add("run.steps=" + steps);
    }
    if (seed != null) {
      overrides.add("run.seed=" + seed);
    }
    if (patience != null) {
      overrides.add("run.patience=" + patience);
    }
    if (rewind && !resume) {
      throw new TrainingException(
          "train: --rewind has no effect on a new run, expected --resume with it");
    }
    TrainerFactory factory = new TrainerFactory(Set.of(ProgressDisplay.create(messages())));
    return resume ? resumed(factory, overrides, began) : fresh(factory, overrides, began);
  }

  private int fresh(TrainerFactory factory, List<String> overrides, long began) {
    TrainingConfig recipe = recipe();
    List<DataSettings.Part> parts = data.isEmpty() ? recipe.data().parts() : DataParts.parse(data);
    DataSettings settings =
        DataSettings.of(parts, recipe.data().augment(), recipe.data().evaluationSplit());
    // Settings of --set hold for the data too.
    TrainingConfig read = SettingsText.with(recipe.withData(settings), overrides);
    WarmStart warm =
        from == null
            ? null
            : new WarmStart(ModelChoice.read(from, spec.commandLine().getErr()), from);
    try (Dataset dataset = read.data().open();
        Backend opened = backend.open()) {
      TrainingConfig complete = read.withData(evaluated(read.data(), dataset));
      check(dataset, complete);
      return run(factory.start(complete, dataset, opened, out, warm), began);
    }
  }

  /** Generated puzzles need no check; files are checked as {@code trm data info} does. */
  private void check(Dataset dataset, TrainingConfig complete) {
    if (complete.data().parts().stream().allMatch(part -> part.path().isEmpty())) {
      return;
    }
    if (!allowInvalid) {
      DataChecks.refuseInvalid(dataset);
    }
    DataChecks.sayLeaks(dataset, spec.commandLine().getErr());
    if (complete.run().evaluates()) {
      DataChecks.saySplit(complete.data().evaluationSplit(), spec.commandLine().getErr());
    }
  }

  /** The split that a recipe names is there, or a person named it, or it is found. */
  private DataSettings evaluated(DataSettings settings, Dataset dataset) {
    boolean named = changes.stream().anyMatch(change -> change.contains("evaluationSplit="));
    return named || dataset.splits().contains(settings.evaluationSplit())
        ? settings
        : DataSettings.of(settings.parts(), settings.augment(), EvaluationData.split(dataset));
  }

  private TrainingConfig recipe() {
    if (config != null) {
      return TrainingConfigs.recipeOrFile(config);
    }
    if (from == null) {
      throw new TrainingException(
          "train: a new run needs --config; an old one goes on with --resume");
    }
    if (!Files.isDirectory(Path.of(from))) {
      throw new TrainingException(
          "train: --from %s is no run folder, which would say how to train; give --config too"
              .formatted(from));
    }
    return RunFolder.open(Path.of(from)).config();
  }

  private int resumed(TrainerFactory factory, List<String> overrides, long began) {
    TrainingConfig before = RunFolder.open(out).config();
    boolean given = before.data().dataset().equals(DataSettings.NO_LOCATION);
    String idle =
        config != null
            ? "--config"
            : from != null ? "--from" : !data.isEmpty() && !given ? "--data" : "";
    if (!idle.isEmpty()) {
      throw new TrainingException(
          "train: %s has no effect with --resume, which goes on with what %s says; change single settings with --set, or begin a new run in another folder"
              .formatted(idle, out.resolve("config.json")));
    }
    DataSettings settings =
        data.isEmpty()
            ? before.data()
            : DataSettings.of(
                DataParts.parse(data), before.data().augment(), before.data().evaluationSplit());
    try (Dataset dataset = settings.open();
        Backend opened = backend.open()) {
      return run(
          rewind
              ? factory.rewind(out, dataset, opened, kept -> SettingsText.with(kept, overrides))
              : factory.resume(out, dataset, opened, kept -> SettingsText.with(kept, overrides)),
          began);
    }
  }

  private int run(Trainer trainer, long began) {
    Duration left =
        time == null ? null : time.minusNanos(Math.min(time.toNanos(), System.nanoTime() - began));
    TrainingResult result =
        TrainingRun.of(
            trainer,
            left,
            "TRM on " + trainer.description().domain(),
            "go on with: trm train --resume --out " + out,
            messages(),
            spec.commandLine());
    if (json) {
      new Console(spec.commandLine().getOut())
          .json(values(result, new RunFolder(trainer.folder())));
    }
    return result.stopped() ? Interrupts.EXIT_CODE : 0;
  }

  /** Returns where a person reads what happens. */
  private PrintWriter messages() {
    return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
  }

  private static Map<String, Object> values(TrainingResult result, RunFolder folder) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("folder", folder.path().toString());
    values.put("model", folder.modelFile().toString());
    if (Files.exists(folder.bestFile())) {
      values.put("best", folder.bestFile().toString());
    }
    values.put("end", result.end());
    values.put("step", result.step());
    values.put("seconds", result.seconds());
    result.lastProgress().ifPresent(progress -> values.put("progress", LogFigures.of(progress)));
    result
        .lastEvaluation()
        .ifPresent(evaluation -> values.put("evaluation", LogFigures.of(evaluation)));
    return values;
  }
}
