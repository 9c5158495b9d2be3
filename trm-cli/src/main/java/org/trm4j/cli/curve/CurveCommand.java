package org.trm4j.cli.curve;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Attempts;
import org.trm4j.ModelFit;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.models.EvaluatedMixin;
import org.trm4j.cli.models.NoiseMixin;
import org.trm4j.cli.models.StepsMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.training.measure.Calibration;
import org.trm4j.training.measure.ComputeCurve;
import org.trm4j.training.measure.CurvePoint;
import org.trm4j.training.measure.Untrained;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Draws accuracy against the compute that is spent at solve time. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
@Command(
    name = "curve",
    mixinStandardHelpOptions = true,
    description = {
      "Measures accuracy and verified share against supervision steps, attempts and seconds.",
      "Steps: one attempt that never stops early. Attempts: of limited length, which stop as soon as an answer verifies; more of them only at puzzles that fewer do not solve."
    },
    footer = {
      "",
      "Examples:",
      "  trm curve --model sudoku-9 --data sudoku:size=9,train=0,test=200 --out curve",
      "  trm curve --model runs/nine --data sudoku-extreme/test.csv --puzzles 100 --steps 64 --attempts 1,4,16 --seeds 1,2,3 --untrained"
    })
public final class CurveCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private EvaluatedMixin evaluated;

  @Mixin private StepsMixin steps;

  @Option(
      names = "--attempts",
      split = ",",
      paramLabel = "K",
      defaultValue = "1,2,4,8,16",
      description = "Numbers of attempts. Default: ${DEFAULT-VALUE}.")
  private List<Integer> attempts = new ArrayList<>();

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "S",
      defaultValue = "1,2,3",
      description = "Seeds of the attempts' random draws. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = new ArrayList<>();

  @Mixin private NoiseMixin noise;

  @Option(
      names = "--attempt-steps",
      paramLabel = "N",
      description =
          "Most supervision steps of an attempt in the second curve. Default: 16; 40 for a model whose rule between steps ends its attempts.")
  private @Nullable Integer attemptSteps;

  @Option(
      names = "--untrained",
      description =
          "Measure the same network before training as well: what the search finds by itself.")
  private boolean untrained;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Write curve.csv, curve.txt and curve.png there.")
  private @Nullable Path out;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private BackendMixin backend;

  /** Made by picocli. */
  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  public CurveCommand() {}

  @Override
  public void run() {
    evaluated.check("curve");
    if (seeds.isEmpty() || attempts.isEmpty()) {
      throw new IllegalArgumentException(
          "curve: seeds %s, attempts %s, expected at least one of each".formatted(seeds, attempts));
    }
    PrintWriter err = spec.commandLine().getErr();
    SavedModel trained = evaluated.read(err);
    try (StopCheck stop = new StopCheck(err);
        Dataset dataset = evaluated.open(trained.description())) {
      SavedModel saved = evaluated.fit(trained, dataset, err);
      ExampleSource source;
      List<CurvePoint> points;
      String device;
      try (TrmModel trm = TrmModel.open(saved, backend.options())) {
        ModelFit fit = trm.fit(dataset);
        Failures.notes(err, fit.notes());
        source = fit.of(dataset.split(evaluated.split(dataset)));
        device = trm.device();
        points = measure(trm, source, "", stop);
      }
      List<CurvePoint> before = List.of();
      if (untrained) {
        try (TrmModel trm = TrmModel.open(Untrained.of(saved), backend.options())) {
          before = measure(trm, source, "untrained, ", stop);
        }
      }
      int puzzles =
          evaluated.puzzles() == 0 ? source.size() : Math.min(evaluated.puzzles(), source.size());
      print(
          new CurveTable(
              "%s, %s puzzles".formatted(evaluated.name(), puzzles),
              "%s on %s puzzles of %s".formatted(evaluated.name(), puzzles, evaluated.data()),
              device,
              points,
              before));
    }
  }

  private List<CurvePoint> measure(
      TrmModel trm, ExampleSource source, String which, StopCheck stop) {
    Attempts kind = noise.in(Attempts.ONE, trm.description());
    int usual = trm.usualSteps();
    int limit = attemptSteps == null ? usual : attemptSteps;
    ComputeCurve curve =
        new ComputeCurve(steps.steps(usual), limit, attempts, kind, evaluated.batch());
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    List<CurvePoint> points = new ArrayList<>();
    try {
      for (long seed : seeds) {
        ComputeCurve.Progress progress =
            (part, done) -> {
              stop.check();
              status.showSometimes(
                  () -> "%sseed %s, %s: %s".formatted(which, seed, part, StatusLine.puzzles(done)));
            };
        points.addAll(
            curve.measure(trm, source, evaluated.puzzles(), seed, new Calibration(), progress));
      }
    } finally {
      status.clear();
    }
    return points;
  }

  private void print(CurveTable table) {
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      console.json(table.json());
    } else {
      table.text().forEach(console::line);
    }
    if (out != null) {
      try {
        Files.createDirectories(out);
        Files.write(out.resolve("curve.csv"), table.csv(), StandardCharsets.UTF_8);
        Files.write(out.resolve("curve.txt"), table.text(), StandardCharsets.UTF_8);
        CurveChart.draw(table, out.resolve("curve.png"));
      } catch (IOException e) {
        throw new java.io.UncheckedIOException("%s: cannot be written: %s".formatted(out, e), e);
      }
      if (!json) {
        console.line("curve.csv, curve.txt and curve.png are in " + out);
      }
    }
  }
}
