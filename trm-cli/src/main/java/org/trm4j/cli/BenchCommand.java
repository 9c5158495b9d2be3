package org.trm4j.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.UpdateRule;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.FlopCounter;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.RecursionPrograms;
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
      "Measures supervision steps of a model of published size.",
      "The weights are random; the machine's own multiply-add peak is measured before and after each step. Figures are medians."
    },
    footer = {"", "Example:", "  trm bench --model sudoku-mlp --batch 32 --json"})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      defaultValue = "SUDOKU_MLP",
      converter = BenchModel.Converter.class,
      description = "sudoku-mlp, sudoku-att, maze-att or arc-att. Default: sudoku-mlp.")
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
          "bench: batch %d and runs %d, expected at least 1".formatted(batch, runs));
    }
    Plan plan =
        Plan.lower(
            model.config(),
            RecursionPrograms.make("trm", Map.of("T", 3, "n", model.latentUpdates())));
    int threads =
        backend.threads() == 0 ? Runtime.getRuntime().availableProcessors() : backend.threads();
    try (StopCheck stop = new StopCheck(spec.commandLine().getErr());
        Backend opened = backend.open()) {
      ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
      double gflop = FlopCounter.count(train ? plan.training() : plan.inference()) / 1e9;
      Function<Runnable, Timing> timer =
          step -> Timing.of(watched(step, stop), runs, threads, batch * gflop);
      Timing timing =
          train
              ? training(opened, plan, parameters, timer)
              : inference(opened, plan, parameters, timer);
      report(opened, threads, timing, gflop);
    }
  }

  private Runnable watched(Runnable step, StopCheck stop) {
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    int[] done = {0};
    return stop.in(() -> {
      status.show("step %d of %d".formatted(++done[0], runs + Timing.UNCOUNTED));
      step.run();
      status.clear();
    });
  }

  private Timing inference(
      Backend opened, Plan plan, ParameterSet parameters, Function<Runnable, Timing> timer) {
    try (LoadedModel loaded = opened.load(plan, parameters);
        InferenceSession session = loaded.open(batch)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, tokens(random), 0);
      }
      return timer.apply(session::step);
    }
  }

  private Timing training(
      Backend opened, Plan plan, ParameterSet parameters, Function<Runnable, Timing> timer) {
    try (TrainingSession session = opened.train(plan, parameters, batch)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, tokens(random), tokens(random), 0);
      }
      long[] step = {0};
      return timer.apply(() -> {
        session.step(new boolean[batch], 1f / batch);
        session.update(new UpdateRule(++step[0], 1e-4, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.999));
      });
    }
  }

  private int[] tokens(SplittableRandom random) {
    int[] tokens = new int[model.config().seqLen()];
    Arrays.setAll(tokens, i -> random.nextInt(1, model.config().vocabSize()));
    return tokens;
  }

  private void report(Backend opened, int threads, Timing timing, double gflop) {
    double rate = batch / timing.seconds();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model.id());
    values.put("batch", batch);
    values.put("mode", train ? "train" : "inference");
    values.put("backend", opened.id());
    values.put("device", opened.device());
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
            "%s, batch %d, %s on %s"
                .formatted(model.id(), batch, train ? "training" : "inference", opened.device()),
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
        .forEach((name, value) -> console.line("  %s %.6g".formatted(name, value)));
  }
}
