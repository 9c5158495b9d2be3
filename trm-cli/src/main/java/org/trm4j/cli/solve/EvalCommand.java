package org.trm4j.cli.solve;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.ModelFit;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.data.DataChecks;
import org.trm4j.cli.models.EvaluatedMixin;
import org.trm4j.cli.models.StepsMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.cli.terminal.InterruptedCommandException;
import org.trm4j.cli.terminal.OptionValue;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.frontend.HaltingText;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.training.evaluation.Evaluation;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.measure.EvaluationData;
import org.trm4j.training.measure.Untrained;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Evaluates a model. */
@Command(
    name = "eval",
    mixinStandardHelpOptions = true,
    description = {
      "Evaluates a model on a split of a data set.",
      "Without --halt every puzzle takes all steps, as the published evaluation does."
    },
    footer = {
      "",
      "Examples:",
      "  trm eval --model runs/demo --data sudoku:size=4,train=0,test=1000,seed=7 --json",
      "  trm eval --model M --data sudoku-extreme/test.csv --steps 64 --halt halt-head=0.9",
      "  trm eval --model sudoku-9 --data sudoku-extreme/test.csv --halt verified --attempts 16"
          + " --choose VERIFIER --untrained"
    })
public final class EvalCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private EvaluatedMixin evaluated;

  @Mixin private StepsMixin steps;

  @Option(
      names = "--halt",
      paramLabel = "POLICY",
      defaultValue = "fixed",
      description = "When to stop before that. Default: ${DEFAULT-VALUE}.")
  private String halt;

  @Option(
      names = "--choose",
      defaultValue = "HALTING_HEAD",
      description =
          "Which attempt's answer is taken: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Attempts.Choice choice;

  @Option(
      names = "--untrained",
      description =
          "Evaluate the same network before training instead: what the search finds by itself.")
  private boolean untrained;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write the data set's result files (such as submission.json) there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private AttemptsMixin attempts;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  EvalCommand() {}

  @Override
  public void run() {
    evaluated.check("eval");
    try (StopCheck stop = new StopCheck(spec.commandLine().getErr())) {
      evaluate(stop);
    }
  }

  private void evaluate(StopCheck stop) {
    SavedModel trained = evaluated.read(spec.commandLine().getErr());
    SavedModel saved = untrained ? Untrained.of(trained) : trained;
    SolveOptions options =
        steps
            .in(SolveOptions.DEFAULT)
            .withHalting(stop.in(OptionValue.of("--halt", () -> HaltingText.parse(halt))))
            .withAttempts(attempts.of(choice, saved.description()));
    DatasetLocation location = evaluated.location();
    try (Dataset dataset = EvaluationData.open(location, saved.description());
        TrmModel trm =
            TrmModel.open(
                evaluated.fit(saved, dataset, spec.commandLine().getErr()), backend.options())) {
      ModelFit fit = trm.fit(dataset);
      Failures.notes(spec.commandLine().getErr(), fit.notes());
      String name = evaluated.split(dataset);
      DataChecks.saySplit(name, spec.commandLine().getErr());
      if (!name.equals("train") && !location.path().isEmpty()) {
        DataChecks.sayLeaks(dataset, spec.commandLine().getErr());
      }
      Evaluator evaluator = dataset.evaluator(name);
      if (out != null) {
        createFolder(out);
      }
      int[] solved = {0};
      StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
      EvaluationReport report;
      try {
        report =
            new Evaluation(options, evaluated.batch(), evaluated.puzzles())
                .run(
                    trm,
                    fit.of(dataset.split(name)),
                    evaluator,
                    done -> {
                      solved[0] = done;
                      status.showSometimes(() -> StatusLine.puzzles(done) + " solved");
                    });
      } catch (InterruptedCommandException e) {
        throw new InterruptedCommandException(
            "after %s of %s, without a report".formatted(StatusLine.puzzles(solved[0]), name));
      } finally {
        status.clear();
      }
      print(new Console(spec.commandLine().getOut()), name, trm, report);
      spec.commandLine().getOut().flush();
      // Last: what fails here must not take the report along.
      if (out != null) {
        evaluator.write(out);
      }
    }
  }

  private static void createFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(folder + ": cannot be made: " + e, e);
    }
  }

  private void print(Console console, String name, TrmModel trm, EvaluationReport report) {
    if (json) {
      console.json(report.figures(name, trm.device()));
      return;
    }
    console.line("%s puzzles of %s, on %s".formatted(report.puzzles(), name, trm.device()));
    console.line("step   tokens    exact  halting  running");
    for (EvaluationReport.Step figures : report.steps()) {
      console.line(
          String.format(
              Locale.ROOT,
              "%4s  %6.2f%%  %6.2f%%  %6.2f%%  %6.2f%%",
              figures.step(),
              100 * figures.tokenAccuracy(),
              100 * figures.exactAccuracy(),
              100 * figures.haltingAccuracy(),
              100 * figures.running()));
    }
    console.line(
        String.format(
            Locale.ROOT,
            "exact %.2f%%, %s, %.2f steps a puzzle, %.1f puzzles a second",
            100 * report.exactAccuracy(),
            rules(trm)
                ? String.format(Locale.ROOT, "verified %.2f%%", 100 * report.verified())
                : "unverified (no rules)",
            report.meanTotalSteps(),
            report.puzzlesPerSecond()));
    report
        .extra()
        .forEach((key, value) -> console.line(String.format(Locale.ROOT, "%s %.4f", key, value)));
  }

  private static boolean rules(TrmModel trm) {
    PuzzleDomain domain = trm.domain().orElse(null);
    return domain != null && domain.verifier().map(Verifier::complete).orElse(false);
  }
}
