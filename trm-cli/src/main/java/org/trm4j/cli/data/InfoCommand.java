package org.trm4j.cli.data;

import java.util.Locale;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.datasets.io.report.DatasetReport;
import org.trm4j.datasets.io.report.SplitReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reports what a data set holds. */
@Command(
    name = "info",
    mixinStandardHelpOptions = true,
    description =
        "Counts, vocabulary, ratings, duplicates, leakage between splits up to symmetry, invalid rows.")
final class InfoCommand implements Runnable {
  private static final int BAR = 40;

  @Spec private CommandSpec spec;
  @Mixin private DataArgument data;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "0",
      description = "Look only at the first N of each split; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int examples;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InfoCommand() {}

  @Override
  public void run() {
    if (examples < 0) {
      throw new IllegalArgumentException(
          "data info: --examples %d, expected at least 0".formatted(examples));
    }
    DatasetReport report;
    try (Dataset dataset = data.open()) {
      report = DatasetReport.of(dataset, examples);
    }
    Printer printer = Printer.of(spec);
    if (json) {
      printer.json(report);
      return;
    }
    printer.line(
        "%s %s: sequences of %d tokens, vocabulary %d, %d puzzle identifiers"
            .formatted(
                report.dataset(),
                report.options(),
                report.seqLen(),
                report.vocabSize(),
                report.puzzleIdentifiers()));
    report.notes().forEach(note -> printer.line("  " + note));
    report.splits().forEach((name, split) -> print(printer, name, split, report.seqLen()));
    if (report.splits().containsKey("train") && report.splits().size() > 1) {
      printer.line(
          "leakage: %d questions of other splits are training questions%s"
              .formatted(
                  report.leaks(),
                  report.symmetricLeaks() < 0
                      ? ""
                      : ", %d up to symmetry".formatted(report.symmetricLeaks())));
    }
    printer.rows("rows were left out:", report.skipped());
  }

  private static void print(Printer printer, String name, SplitReport split, int seqLen) {
    printer.styled(
        "@|bold %s|@: %d examples, %d puzzles, %d groups"
            .formatted(name, split.examples(), split.puzzles(), split.groups()));
    if (split.looked() < split.examples()) {
      printer.line("  the first %d were looked at".formatted(split.looked()));
    }
    if (split.fewestOpen() < seqLen) {
      printer.line(
          String.format(
              Locale.ROOT,
              "  open cells: %d to %d, mean %.1f",
              split.fewestOpen(),
              split.mostOpen(),
              split.meanOpen()));
    }
    printer.line(
        "  duplicates: %d%s"
            .formatted(
                split.duplicates(),
                split.symmetric() < 0 ? "" : ", %d up to symmetry".formatted(split.symmetric())));
    int most = split.ratings().values().stream().mapToInt(count -> count).max().orElse(1);
    split
        .ratings()
        .forEach((range, count) ->
            printer.line(
                "  rating %-13s %8d %s"
                    .formatted(
                        range, count, "#".repeat((int) Math.ceil((double) BAR * count / most)))));
    printer.rows("invalid examples:", split.invalid());
  }
}
