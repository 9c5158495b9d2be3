package org.trm4j.cli.curve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Rollouts;
import org.trm4j.TrmModel;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.models.ModelChoice;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.plugin.Datasets;
import org.trm4j.training.measure.Calibration;
import org.trm4j.training.measure.ComputeCurve;
import org.trm4j.training.measure.CurvePoint;
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
      "Steps: one attempt that never stops early. Attempts: of at most 16 steps each, which stop as soon as an answer verifies."
    },
    footer = {
      "",
      "Examples:",
      "  trm curve --model sudoku-9 --data sudoku:size=9,train=0,test=200 --out curve",
      "  trm curve --model runs/nine --data sudoku-extreme/test.csv --puzzles 100 --steps 64 --attempts 1,4,16 --seeds 1,2,3"
    })
public final class CurveCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(names = "--model", required = true, paramLabel = "M", description = ModelChoice.HELP)
  private String model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "D",
      description = "A file or folder, or id:key=value,... to generate puzzles.")
  private String data;

  @Option(
      names = "--split",
      paramLabel = "S",
      description = "The split; test where there is one, else the only one.")
  private @Nullable String split;

  @Option(
      names = "--puzzles",
      paramLabel = "N",
      defaultValue = "0",
      description = "Take only the first N; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int puzzles;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "16",
      description = "Supervision steps at most. Default: ${DEFAULT-VALUE}.")
  private int steps;

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
      description = "Seeds of what attempts draw. Default: ${DEFAULT-VALUE}.")
  private List<Long> seeds = new ArrayList<>();

  @Option(
      names = "--sigma",
      paramLabel = "S",
      description =
          "Standard deviation of the noise of all attempts but the first; 0 where the model's states start at random and with --symmetries, else 0.3, unless given.")
  private @Nullable Double sigma;

  @Option(
      names = "--symmetries",
      description = "Every attempt but the first sees the puzzle turned, renamed or reordered.")
  private boolean symmetries;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Puzzles at a time. Default: ${DEFAULT-VALUE}.")
  private int batch;

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
    if (puzzles < 0 || seeds.isEmpty() || attempts.isEmpty()) {
      throw new IllegalArgumentException(
          "curve: puzzles %s, seeds %s, attempts %s, expected puzzles >= 0 and at least one of each"
              .formatted(puzzles, seeds, attempts));
    }
    try (StopCheck stop = new StopCheck(spec.commandLine().getErr());
        Dataset dataset = Datasets.open(data);
        TrmModel trm =
            TrmModel.open(
                ModelChoice.read(model, spec.commandLine().getErr()),
                backend.id(),
                backend.threads())) {
      if (!trm.description().domain().isEmpty()
          && (!trm.description().domain().equals(dataset.domain().id())
              || trm.description().config().seqLen() != dataset.domain().seqLen())) {
        throw new DatasetException(
            "data: %s %s, expected %s %s as the model was trained on"
                .formatted(
                    dataset.domain().id(),
                    dataset.domain().options(),
                    trm.description().domain(),
                    trm.description().domainOptions()));
      }
      String name =
          split != null
              ? split
              : dataset.splits().contains("test") ? "test" : dataset.splits().iterator().next();
      ExampleSource source = dataset.split(name);
      int count = puzzles == 0 ? source.size() : Math.min(puzzles, source.size());
      CurveTable table =
          new CurveTable(
              "%s, %s puzzles".formatted(model, count),
              "%s on %s puzzles of %s".formatted(model, count, data),
              trm.device(),
              measure(trm, source, stop));
      print(table);
    }
  }

  private List<CurvePoint> measure(TrmModel trm, ExampleSource source, StopCheck stop) {
    double noise = sigma != null ? sigma : symmetries ? 0 : ComputeCurve.usualSigma(trm);
    Rollouts kind = Rollouts.NONE.withSigma(noise).withSymmetries(symmetries);
    ComputeCurve curve = new ComputeCurve(steps, attempts, kind, batch);
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    List<CurvePoint> points = new ArrayList<>();
    try {
      for (long seed : seeds) {
        ComputeCurve.Progress progress =
            (part, done) -> {
              stop.check();
              status.showSometimes(() -> "seed %s, %s: %s puzzles".formatted(seed, part, done));
            };
        points.addAll(curve.bySteps(trm, source, puzzles, seed, new Calibration(), progress));
        points.addAll(curve.byAttempts(trm, source, puzzles, seed, progress));
      }
    } finally {
      status.clear();
    }
    return points;
  }

  private void print(CurveTable table) {
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      console.json(table.points());
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
