package org.trm4j.cli.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.trm4j.Attempts;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.pretrained.PretrainedModel;
import org.trm4j.training.measure.Calibration;
import org.trm4j.training.measure.CurvePoint;
import org.trm4j.training.measure.Untrained;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Makes a model's artifact of a run. */
@Command(
    name = "pack",
    mixinStandardHelpOptions = true,
    description = {
      "Writes the model of a run to the module of its artifact: weights in half precision, the recipe, what it solves, and the figures of its card.",
      "The module's card.properties lists what to measure, with the numbers of attempts; its pom.xml has the model's version.",
      "Puzzles that fewer attempts solve are not tried again, and the untrained network tries a few of each row as often."
    },
    footer = {
      "",
      "Example:",
      "  trm models pack --run runs/nine --module models/trm-model-sudoku-9 --commit 18839de"
          + " --processor 'two cores of an AMD EPYC (Zen 4)'"
    })
final class PackCommand implements Callable<Integer> {
  private static final String PREFIX = "trm-model-";

  @Spec private CommandSpec spec;

  @Option(names = "--run", required = true, paramLabel = "RUN", description = "The run folder.")
  private Path run;

  @Option(
      names = "--earlier",
      paramLabel = "RUN",
      description =
          "A run from which the run began with --from, or an earlier one; their core-hours count.")
  private List<Path> earlier = new ArrayList<>();

  @Option(
      names = "--module",
      required = true,
      paramLabel = "DIR",
      description = "The artifact's module, models/trm-model-NAME.")
  private Path module;

  @Option(
      names = "--commit",
      required = true,
      paramLabel = "HASH",
      description = "The commit of this library with which the run was trained.")
  private String commit;

  @Option(
      names = "--processor",
      required = true,
      paramLabel = "TEXT",
      description = "The processor on which it was trained and is measured.")
  private String processor;

  @Option(
      names = "--examination",
      paramLabel = "TITLE=FILE",
      description = "Puzzles from a file for the card's table, beside those of card.properties.")
  private Map<String, String> examinations = new LinkedHashMap<>();

  @Option(
      names = "--puzzles",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Take only the first N of each row of the card's table; 0 for all. Default:"
              + " ${DEFAULT-VALUE}.")
  private int puzzles;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PackCommand() {}

  @Override
  public Integer call() throws IOException {
    String folder = String.valueOf(module.toAbsolutePath().normalize().getFileName());
    if (!folder.startsWith(PREFIX)) {
      throw new CheckpointException("%s: expected a folder %sNAME".formatted(module, PREFIX));
    }
    CardPlan plan = CardPlan.read(module);
    Path readme = module.resolve("README.md");
    ModelCard.check(readme);
    String version = version(module.resolve("pom.xml"), folder);
    SavedModel trained = ModelFiles.read(run);
    String training = RunFacts.of(run, earlier, trained.metadata(), processor);
    String name = folder.substring(PREFIX.length());
    Path temporary = Files.createTempDirectory("trm-pack");
    PretrainedModel.Writer draft = new PretrainedModel.Writer(temporary, name);
    try {
      // What is measured are the weights that are shipped; the module changes when all is known.
      SavedModel packed = draft.writeWeights(trained);
      try (StopCheck stop = new StopCheck(spec.commandLine().getErr());
          TrmModel model = TrmModel.open(packed, backend.options());
          TrmModel untrained =
              plan.untrained() == 0
                  ? null
                  : TrmModel.open(Untrained.of(packed), backend.options())) {
        Console console = new Console(spec.commandLine().getOut());
        CardMeasuring measuring =
            new CardMeasuring(
                model, untrained, plan, stop, StatusLine.forPeople(spec.commandLine().getOut()));
        List<PretrainedDescription.Result> results = measuring.results(console);
        Calibration calibration = new Calibration();
        List<CardRow> rows = rows(plan, measuring, calibration, console);
        PretrainedModel.Writer writer =
            new PretrainedModel.Writer(module.resolve("src/main/resources"), name);
        writer.writeWeights(packed);
        PretrainedDescription description =
            writer.writeDescription(version, "Apache-2.0", commit, training, results);
        Files.copy(
            run.resolve("config.json"),
            module.resolve("recipe.json"),
            StandardCopyOption.REPLACE_EXISTING);
        new ModelCard(
                description,
                rows,
                calibration,
                packed.description().task().transition().isPresent(),
                Attempts.usual(model, 1).symmetries(),
                processor + ", " + model.device())
            .write(readme);
        console.line("%s %s: packed in %s".formatted(name, version, module));
      }
    } finally {
      delete(temporary);
    }
    return 0;
  }

  private List<CardRow> rows(
      CardPlan plan, CardMeasuring measuring, Calibration calibration, Console console) {
    Map<String, String> data = new LinkedHashMap<>(plan.tables());
    data.putAll(examinations);
    List<CardRow> rows = new ArrayList<>();
    data.forEach((title, puzzleData) -> {
      CardRow row = measuring.row(title, puzzleData, puzzles, calibration);
      CurvePoint most = row.attempts().getLast();
      console.line(
          String.format(
              Locale.ROOT,
              "%s: %.1f%% of %s in %s attempts, %.1f steps a puzzle",
              title,
              100 * most.exact(),
              row.puzzles(),
              most.value(),
              most.stepsPerPuzzle()));
      spec.commandLine().getOut().flush();
      rows.add(row);
    });
    return rows;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String version(Path pom, String artifact) throws IOException {
    Matcher found =
        Pattern.compile(
                "<artifactId>"
                    + Pattern.quote(artifact)
                    + "</artifactId>\\s*(?:<!--.*?-->\\s*)?<version>([^<]+)</version>",
                Pattern.DOTALL)
            .matcher(Files.readString(pom));
    if (!found.find()) {
      throw new CheckpointException(
          "%s: no <version> after <artifactId>%s</artifactId>".formatted(pom, artifact));
    }
    return found.group(1);
  }
}
