package org.trm4j.cli.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.bench.BenchModel;
import org.trm4j.cli.bench.BenchWork;
import org.trm4j.cli.bench.Timing;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.plugin.PluginRegistry.PluginSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says on one screen what this machine has and uses. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Says what this machine has, what of it is used and at what rate, and what to change.",
      "Exit code 1 if no backend can be used."
    },
    footer = {"", "Example:", "  trm doctor --json"})
public final class DoctorCommand implements Callable<Integer> {
  private static final int RUNS = 5;
  private static final int BATCH = 32;
  private static final double GIB = 1 << 30;

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Option(names = "--quick", description = "Measure nothing.")
  private boolean quick;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DoctorCommand() {}

  /**
   * A measured rate.
   *
   * @param backend id of the backend
   * @param device what it computes on, its kernels included
   * @param model name of the measured model
   * @param gflops GFLOP/s
   * @param peakGflops multiply-add peak of the same threads, GFLOP/s
   * @param peakShare the one as a share of the other
   */
  private record Rate(
      String backend,
      String device,
      String model,
      double gflops,
      double peakGflops,
      double peakShare) {}

  @Override
  public Integer call() {
    Machine machine = Machine.read();
    Jvm jvm = Jvm.read();
    PluginSet<BackendProvider> found = Trm.standard().plugins().backends();
    Map<String, BackendProvider.Availability> availabilities = new LinkedHashMap<>();
    found.usable().forEach((id, provider) -> availabilities.put(id, provider.availability()));
    Map<String, String> backends = states(availabilities, found.unusable());
    boolean usable = backends.values().stream().anyMatch(state -> state.startsWith("available"));
    List<Rate> rates = quick || !usable ? List.of() : rates();
    List<String> advice = Advice.of(machine, jvm, availabilities);
    Console console = new Console(spec.commandLine().getOut());
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("machine", machine);
      values.put("jvm", jvm);
      values.put("backends", backends);
      values.put("rates", rates);
      values.put("advice", advice);
      console.json(values);
    } else {
      print(console, machine, jvm, backends, rates, advice);
    }
    return usable ? 0 : 1;
  }

  private static Map<String, String> states(
      Map<String, BackendProvider.Availability> backends, List<String> unusable) {
    Map<String, String> states = new LinkedHashMap<>();
    backends.forEach((id, availability) -> states.put(id, PluginsCommand.state(availability)));
    if (!unusable.isEmpty()) {
      states.put("-", "not usable: " + String.join("; ", unusable));
    }
    return states;
  }

  private List<Rate> rates() {
    List<Rate> rates = new ArrayList<>();
    int threads = backend.workers();
    try (StopCheck stop = new StopCheck(spec.commandLine().getErr());
        Backend opened = backend.open()) {
      for (BenchModel model : List.of(BenchModel.SMALL_MLP, BenchModel.SMALL_ATT)) {
        BenchWork work = new BenchWork(model, BATCH, false);
        Timing timing = work.measure(opened, RUNS, threads, stop::in);
        rates.add(
            new Rate(
                opened.id(),
                opened.device(),
                model.id(),
                BATCH * work.gflop() / timing.seconds(),
                timing.peakGflops(),
                timing.peakShare()));
      }
    }
    return rates;
  }

  private static void print(
      Console console,
      Machine machine,
      Jvm jvm,
      Map<String, String> backends,
      List<Rate> rates,
      List<String> advice) {
    String unknown = "not told by this system";
    console.styled("@|bold machine|@");
    row(console, "processor", machine.processor().orElse(unknown));
    row(
        console,
        "extensions",
        machine.features().isEmpty() ? unknown : String.join(" ", machine.told()));
    row(
        console,
        "processors",
        machine.processors() == 0
            ? "%s for java".formatted(jvm.processors())
            : "%s, %s of them for java".formatted(machine.processors(), jvm.processors()));
    row(console, "memory", String.format(Locale.ROOT, "%.1f GiB", machine.memory() / GIB));
    row(console, "load", String.format(Locale.ROOT, "%.1f", machine.load()));
    row(console, "large pages", machine.largePages().orElse(unknown));
    console.styled("@|bold java|@");
    row(console, "version", jvm.version());
    row(console, "code", jvm.mode());
    row(console, "heap", String.format(Locale.ROOT, "at most %.1f GiB", jvm.heap() / GIB));
    row(console, "collector", String.join(", ", jvm.collectors()));
    row(console, "options", jvm.flags().isEmpty() ? "none" : String.join(" ", jvm.flags()));
    console.styled("@|bold backends|@");
    backends.forEach((id, state) -> row(console, id, state));
    if (!rates.isEmpty()) {
      console.styled("@|bold rates|@ (hidden size 128, batch %s)".formatted(BATCH));
      for (Rate rate : rates) {
        row(
            console,
            rate.model(),
            String.format(
                Locale.ROOT,
                "%s: %.1f GFLOP/s, %.0f%% of the multiply-add peak of %.1f",
                rate.device(),
                rate.gflops(),
                100 * rate.peakShare(),
                rate.peakGflops()));
      }
    }
    console.styled("@|bold to change|@");
    if (advice.isEmpty()) {
      console.line("  nothing");
    }
    advice.forEach(line -> console.line("  " + line));
  }

  private static void row(Console console, String name, String value) {
    console.line("  %-12s %s".formatted(name, value));
  }
}
