package org.trm4j.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.solve.SolveCommand;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.cli.train.ProgressDisplay;
import org.trm4j.cli.train.TrainingRun;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.frontend.HaltingText;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The main job in one command. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Trains a small model from scratch on generated Sudoku and solves puzzles that it has never"
          + " seen.",
      "No test puzzle equals a training puzzle under any symmetry. Exit code 1 if the accuracy is"
          + " below its goal."
    })
public final class DemoCommand implements Callable<Integer> {
  private static final int SHOWN = 3;
  private static final int REPLAYED = 12;
  private static final int BATCH = 64;

  @Spec private CommandSpec spec;

  @Option(
      names = "--size",
      paramLabel = "4|6",
      defaultValue = "4",
      description = "Sudoku size. Default: ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = "--out",
      paramLabel = "RUN",
      description = "The run folder. Default: runs/demo, with a number if that exists.")
  private @Nullable Path out;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of puzzles, parameters and order. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--puzzles",
      paramLabel = "N",
      defaultValue = "600",
      description = "Held-out puzzles. Default: ${DEFAULT-VALUE}.")
  private int puzzles;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change any value of the configuration.")
  private List<String> changes = new ArrayList<>();

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DemoCommand() {}

  @Override
  public Integer call() throws IOException {
    DemoSize demo = DemoSize.of(size, puzzles);
    Console console = new Console(spec.commandLine().getOut());
    Path folder = out == null ? freeFolder(Path.of("runs"), demo.folder()) : out;
    TrainingConfig config = config(demo);
    console.styled("@|bold 1. Puzzles|@: generating %s".formatted(config.data().options()));
    try (Dataset dataset = config.data().open();
        Backend opened = backend.open()) {
      console.line(
          "   %s to train on, %s held out; no held-out puzzle is a training puzzle under any symmetry"
              .formatted(dataset.split("train").size(), dataset.split("test").size()));
      console.styled("@|bold 2. Training|@ a model from scratch");
      Trainer trainer =
          new TrainerFactory(Set.of(ProgressDisplay.create(spec.commandLine().getOut())))
              .start(config, dataset, opened, folder);
      TrainingResult result =
          TrainingRun.of(
              trainer,
              "TRM on %sx%s Sudoku".formatted(size, size),
              "go on with: trm train --resume --out " + folder,
              spec.commandLine());
      if (result.stopped()) {
        return Interrupts.EXIT_CODE;
      }
      try (TrmModel model = TrmModel.open(ModelFiles.read(folder), opened)) {
        return evaluate(console, demo, dataset.split("test"), model, folder);
      }
    }
  }

  private TrainingConfig config(DemoSize demo) {
    List<String> overrides = new ArrayList<>(List.of("run.seed=" + seed));
    overrides.addAll(changes);
    TrainingConfig recipe = SettingsText.with(TrainingConfigs.recipe(demo.recipe()), overrides);
    Map<String, String> options = new TreeMap<>(demo.puzzles());
    options.put("seed", String.valueOf(seed));
    return recipe.toBuilder()
        .dataset("sudoku")
        .path("")
        .options(options)
        .evaluationSplit("test")
        .build();
  }

  private int evaluate(
      Console console, DemoSize demo, ExampleSource test, TrmModel model, Path folder)
      throws IOException {
    console.styled("@|bold 3. Evaluation|@ on %s held-out puzzles".formatted(test.size()));
    EvaluationReport fixed = new Evaluation(Evaluation.published(), BATCH, 0).run(model, test);
    SolveOptions early = Evaluation.published().withHalting(HaltingText.parse("verified"));
    EvaluationReport stopping = new Evaluation(early, BATCH, 0).run(model, test);
    print(console, "always 16 steps", fixed);
    print(console, "stop when verified", stopping);
    List<Answer> answers = hardest(model, test, demo);
    console.styled(
        "@|bold 4. Solving|@: those that took the most steps of these and %s more"
            .formatted(demo.more().get("test")));
    for (Answer answer : answers.subList(0, Math.min(SHOWN, answers.size()))) {
      console.line("   " + model.domain().orElseThrow().codec().decode(answer.question()));
      SolveCommand.print(console, model.domain().orElseThrow(), answer, true);
      console.line("");
    }
    ReplayPage.write(model.domain().orElseThrow(), answers, folder.resolve("replay.html"));
    boolean reached = fixed.exactAccuracy() >= demo.goal();
    console.styled(
        String.format(
            Locale.ROOT,
            "@|bold,%s %.2f%%|@ of the held-out puzzles solved exactly (goal %.0f%%). In %s:",
            reached ? "green" : "red",
            100 * fixed.exactAccuracy(),
            100 * demo.goal(),
            folder));
    console.line("  model.safetensors  the model: trm solve --model " + folder + " --puzzle ...");
    console.line(
        "  replay.html        the recursion, cell by cell; curves.png, metrics.jsonl, config.json");
    return reached ? 0 : 1;
  }

  /** Returns the answers that took the most steps: there is the most to see in them. */
  private List<Answer> hardest(TrmModel model, ExampleSource test, DemoSize demo) {
    List<Puzzle> puzzles = new ArrayList<>();
    add(puzzles, test);
    Map<String, String> options = new TreeMap<>(demo.more());
    // A seed of its own; the symmetry class keeps them apart from the training puzzles.
    options.put("seed", String.valueOf(seed + 1));
    try (Dataset more = Trm.standard().generate("sudoku", options)) {
      add(puzzles, more.split("test"));
    }
    Answer[] answers = new Answer[puzzles.size()];
    model.solveAll(
        puzzles.iterator(),
        BATCH,
        SolveOptions.DEFAULT,
        (answer, number) -> answers[number] = answer);
    return longest(List.of(answers), REPLAYED);
  }

  /** Returns the answers that took the most steps, the longest first. */
  static List<Answer> longest(List<Answer> answers, int most) {
    return answers.stream()
        .sorted(Comparator.comparingInt(Answer::steps).reversed())
        .limit(most)
        .toList();
  }

  private static void add(List<Puzzle> puzzles, ExampleSource source) {
    for (int i = 0; i < source.size(); i++) {
      puzzles.add(new Puzzle(source.get(i).tokens(), source.get(i).puzzleIdentifier()));
    }
  }

  private static void print(Console console, String name, EvaluationReport report) {
    console.line(
        String.format(
            Locale.ROOT,
            "   %-19s exact %6.2f%%, cells %6.2f%%, %5.2f steps a puzzle, %6.0f puzzles a second",
            name,
            100 * report.exactAccuracy(),
            100 * report.tokenAccuracy(),
            report.meanSteps(),
            report.puzzlesPerSecond()));
  }

  /** Finds a folder name that is not taken. */
  private static Path freeFolder(Path parent, String name) {
    Path folder = parent.resolve(name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = parent.resolve(name + "-" + i);
    }
    return folder;
  }
}
