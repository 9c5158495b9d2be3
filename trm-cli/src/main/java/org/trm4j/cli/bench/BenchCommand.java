package org.trm4j.cli.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures speed. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures supervision steps of a model of published size, or of one that trains on a laptop.",
      "The weights are random; the machine's own multiply-add peak is measured before and after each step. Figures are medians."
    },
    footer = {"", "Example:", "  trm bench --model sudoku-mlp --batch 32 --json"})
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      defaultValue = "SUDOKU_MLP",
      converter = BenchModel.Converter.class,
      description =
          "sudoku-mlp, sudoku-att, maze-att, arc-att (published), small-mlp, small-att or small-conv (hidden size 128). Default: sudoku-mlp.")
  private BenchModel model;

  @Option(
      names = "--batch",
      paramLabel = "B",
      defaultValue = "32",
      description = "Puzzles at a time. Default: ${DEFAULT-VALUE}.")
  private int batch;

  @Option(names = "--train", description = "Measure training steps (forward, backward, update).")
  private boolean train;

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "5",
      description = "Measured steps, after two that are not counted. Default: ${DEFAULT-VALUE}.")
  private int runs;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  BenchCommand() {}

  @Override
  public void run() {
    if (batch < 1 || runs < 1) {
      throw new IllegalArgumentException(
          "bench: batch %s and runs %s, expected at least 1".formatted(batch, runs));
    }
    BenchWork work = new BenchWork(model, batch, train);
    int threads = backend.workers();
    try (StopCheck stop = new StopCheck(spec.commandLine().getErr());
        Backend opened = backend.open()) {
      Timing timing = work.measure(opened, runs, threads, step -> watched(step, stop));
      report(opened, threads, timing, work.gflop());
    }
  }

  private Runnable watched(Runnable step, StopCheck stop) {
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    int[] done = {0};
    return stop.in(() -> {
      status.show("step %s of %s".formatted(++done[0], runs + Timing.UNCOUNTED));
      step.run();
      status.clear();
    });
  }

  private void report(Backend opened, int threads, Timing timing, double gflop) {
    double rate = batch / timing.seconds();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model.id());
    values.put("batch", batch);
    values.put("mode", train ? "train" : "inference");
    values.put("backend", opened.id());
    values.put("device", opened.device());
    values.put("precision", opened.precision());
    values.put("threads", threads);
    values.put("exampleStepsPerSecond", rate);
    values.put("gflopPerExampleStep", gflop);
    values.put("gflops", rate * gflop);
    values.put("peakGflops", timing.peakGflops());
    values.put("peakShare", timing.peakShare());
    values.put("secondsPerStep", timing.seconds());
    values.put("peakRssMiB", ProcessMemory.peakMiB());
    values.putAll(opened.statistics());
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      console.json(values);
      return;
    }
    for (String line :
        List.of(
            "%s, batch %s, %s in %s on %s"
                .formatted(
                    model.id(),
                    batch,
                    train ? "training" : "inference",
                    opened.precision(),
                    opened.device()),
            String.format(
                Locale.ROOT,
                "  %.2f examples x supervision steps per second (%.3f s a step of the batch)",
                rate,
                timing.seconds()),
            String.format(
                Locale.ROOT,
                "  %.1f GFLOP/s of %.1f measured peak: %.1f%%",
                rate * gflop,
                timing.peakGflops(),
                100 * timing.peakShare()),
            String.format(
                Locale.ROOT,
                "  %.2f GFLOP an example and step; peak memory %.0f MiB",
                gflop,
                ProcessMemory.peakMiB()))) {
      console.line(line);
    }
    new TreeMap<>(opened.statistics())
        .forEach(
            (name, value) -> console.line(String.format(Locale.ROOT, "  %s %.6g", name, value)));
  }
}
