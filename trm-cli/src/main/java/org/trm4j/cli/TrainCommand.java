package org.trm4j.cli;

import com.google.inject.Guice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.Datasets;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.guice.TrainingModule;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
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
      "Trains a model and leaves a run folder that describes itself.",
      "Ctrl-C stops after the current step and saves; --resume goes on from there. Ctrl-C twice stops at once."
    },
    footer = {
      "",
      "Examples:",
      "  trm train --data sudoku:size=4,train=5500,test=600 --config demo --out runs/four",
      "  trm train --data sudoku-extreme --config sudoku-mlp --out runs/nine --set run.batch=64 --set learningRate=3e-4",
      "  trm train --config sudoku-9 --out runs/nine",
      "  trm train --resume --out runs/nine"
    })
final class TrainCommand implements Callable<Integer> {
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
      description =
          "A file or folder, or id:key=value,... to generate puzzles, with train=endless while training; the recipe's unless given.")
  private @Nullable String data;

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
      description = "Training steps; the recipe's unless given.")
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

  @Option(names = "--resume", description = "Go on with the run in the run folder.")
  private boolean resume;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  TrainCommand() {}

  @Override
  public Integer call() {
    List<String> overrides = new ArrayList<>(changes);
    if (steps != null) {
      overrides.add("run.steps=" + steps);
    }
    if (seed != null) {
      overrides.add("run.seed=" + seed);
    }
    TrainerFactory factory =
        Guice.createInjector(
                new TrainingModule(),
                binder ->
                    TrainingModule.listeners(binder)
                        .addBinding()
                        .toInstance(ProgressDisplay.create(spec.commandLine().getOut())))
            .getInstance(TrainerFactory.class);
    return resume ? resumed(factory, overrides) : fresh(factory, overrides);
  }

  private int fresh(TrainerFactory factory, List<String> overrides) {
    if (config == null) {
      throw new TrainingException(
          "train: a new run needs --config; an old one goes on with --resume");
    }
    TrainingConfig recipe = TrainingConfigs.recipeOrFile(config);
    DatasetLocation location =
        data == null
            ? new DatasetLocation(
                recipe.data().dataset(), recipe.data().path(), recipe.data().options())
            : Datasets.locate(data);
    try (Dataset dataset = location.open()) {
      DataSettings settings =
          new DataSettings(
              location.provider(),
              location.path(),
              location.options(),
              recipe.data().augment(),
              Fit.evaluationSplit(dataset));
      TrainingConfig read =
          new TrainingConfig(
              recipe.name(),
              settings,
              recipe.model(),
              recipe.recursion(),
              recipe.optimizer(),
              recipe.halting(),
              recipe.run());
      TrainingConfig complete = TrainingConfigs.with(read, overrides);
      try (Backend opened = backend.open()) {
        return run(factory.start(complete, dataset, opened, out));
      }
    }
  }

  private int resumed(TrainerFactory factory, List<String> overrides) {
    TrainingConfig before = RunFolder.open(out).config();
    boolean given = before.data().dataset().equals(DataSettings.NO_LOCATION);
    if (config != null || (data != null && !given)) {
      throw new TrainingException(
          "train: %s has no effect with --resume, which goes on with what %s says; change single settings with --set, or begin a new run in another folder"
              .formatted(config != null ? "--config" : "--data", out.resolve("config.json")));
    }
    try (Dataset dataset = data == null ? before.data().open() : Datasets.locate(data).open();
        Backend opened = backend.open()) {
      return run(factory.resume(out, dataset, opened, overrides));
    }
  }

  private int run(Trainer trainer) {
    TrainingResult result =
        TrainingRun.of(
            trainer,
            "TRM on " + trainer.description().domain(),
            "go on with: trm train --resume --out " + out,
            spec.commandLine());
    return result.stopped() ? Interrupts.EXIT_CODE : 0;
  }
}
