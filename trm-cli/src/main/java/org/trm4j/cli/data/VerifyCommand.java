package org.trm4j.cli.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.datasets.io.report.ExampleCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks every answer. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Checks every question and answer by the rules of the puzzle.",
      "Exit code 1 if one is invalid or was left out."
    })
final class VerifyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DataArgument data;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  VerifyCommand() {}

  @Override
  public Integer call() {
    Map<String, Object> counts = new LinkedHashMap<>();
    List<Dataset.SkippedRow> invalid = new ArrayList<>();
    boolean rules;
    try (Dataset dataset = data.open()) {
      rules = dataset.domain().verifier().map(Verifier::complete).orElse(false);
      invalid.addAll(dataset.skipped());
      for (String split : dataset.splits()) {
        counts.put(split, dataset.split(split).size());
        invalid.addAll(ExampleCheck.of(dataset, split));
      }
    }
    Printer printer = Printer.of(spec);
    if (json) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("examples", counts);
      values.put("checkedByRules", rules);
      values.put("invalid", invalid);
      printer.json(values);
    } else {
      printer.rows("are invalid:", invalid);
      printer.line(
          "%s: %s%s"
              .formatted(
                  counts,
                  invalid.isEmpty() ? "all valid" : invalid.size() + " invalid",
                  rules ? "" : " (form only: this puzzle has no rules to check an answer by)"));
    }
    return invalid.isEmpty() ? 0 : 1;
  }
}
