package org.trm4j.cli.models;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.trm4j.backend.spi.Backend;
import org.trm4j.cli.backend.BackendMixin;
import org.trm4j.cli.terminal.Console;
import org.trm4j.training.parity.ParityCheck;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Compares a backend with the published code. */
@Command(
    name = "parity",
    mixinStandardHelpOptions = true,
    description = {
      "Runs every case of a golden folder: NAME.json with configuration and tolerances, NAME.safetensors with the values",
      "that the published PyTorch code computed. Exit code 1 when a value is out of its tolerance."
    },
    footer = {
      "",
      "Example:",
      "  trm parity integration-tests/src/test/resources/golden --backend cpu-scalar"
    })
public final class ParityCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The golden folder.")
  private Path folder;

  @Option(names = "--verbose", description = "Print every value that was compared.")
  private boolean verbose;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Mixin private BackendMixin backend;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  ParityCommand() {}

  @Override
  public Integer call() {
    Console console = new Console(spec.commandLine().getOut());
    List<ParityResult> results;
    String device;
    try (Backend opened = backend.open()) {
      device = opened.device();
      results = ParityRunner.run(folder, opened);
    }
    if (json) {
      console.json(results.stream().map(ParityCommand::values).toList());
    } else {
      console.line("golden values of %s on %s".formatted(folder, device));
      results.forEach(result -> print(console, result));
    }
    return results.stream().anyMatch(result -> result.status() == ParityResult.Status.FAIL) ? 1 : 0;
  }

  private void print(Console console, ParityResult result) {
    String colour =
        switch (result.status()) {
          case PASS -> "green";
          case FAIL -> "red";
          case UNSUPPORTED -> "yellow";
        };
    console.styled(
        "@|bold,%s %-11s|@ %-22s %-13s %s"
            .formatted(colour, result.status(), result.name(), result.policy(), summary(result)));
    if (verbose) {
      result.checks().forEach(check -> console.line("    " + check));
    } else {
      result.failures().forEach(check -> console.styled("    @|red out of tolerance|@ " + check));
    }
  }

  /** The largest error of each kind of value, such as {@code logits 3e-07}. */
  private static String summary(ParityResult result) {
    if (!result.reason().isEmpty()) {
      return result.reason();
    }
    return largest(result).entrySet().stream()
        .map(entry -> String.format(Locale.ROOT, "%s %.1e", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("  "));
  }

  private static Map<String, Double> largest(ParityResult result) {
    Map<String, Double> largest = new TreeMap<>();
    for (ParityCheck check : result.checks()) {
      // Math.max keeps NaN, which must not be hidden.
      largest.merge(kind(check.value()), check.error(), Math::max);
    }
    return largest;
  }

  private static String kind(String value) {
    if (value.startsWith("final")) {
      return value.contains("ema") ? "EMA" : "weights";
    }
    String name = value.replaceFirst("^(eval|train)\\.[0-9]+\\.", "");
    return switch (name.split("\\.", 2)[0]) {
      case "grad" -> "gradients";
      case "metric" -> name.endsWith("loss") ? "losses" : "metrics";
      case "loss" -> "losses";
      case "logits" -> "logits";
      case "q_halt_logits", "q_continue_logits" -> "halting";
      case "preds", "halted", "steps" -> "decisions";
      default -> name.startsWith("z_") ? "carries" : name;
    };
  }

  private static Map<String, Object> values(ParityResult result) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("name", result.name());
    values.put("policy", result.policy());
    values.put("status", result.status());
    values.put("reason", result.reason());
    Map<String, Object> errors = new LinkedHashMap<>();
    largest(result).forEach((kind, error) -> errors.put(kind, Double.isNaN(error) ? "NaN" : error));
    values.put("largestErrors", errors);
    values.put("failures", result.failures().stream().map(ParityCheck::toString).toList());
    return values;
  }
}
