package org.trm4j.cli.data;

import java.util.Locale;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.PuzzleCodec;
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
  private static final int MOST_TOKENS = 40;

  @Spec private CommandSpec spec;
  @Mixin private DataArgument data;

  @Option(
      names = "--examples",
      paramLabel = "N",
      defaultValue = "0",
      description = "Read only the first N of each split; 0 for all. Default: ${DEFAULT-VALUE}.")
  private int examples;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  InfoCommand() {}

  @Override
  public void run() {
    if (examples < 0) {
      throw new IllegalArgumentException(
          "data info: --examples %s, expected at least 0".formatted(examples));
    }
    DatasetReport report;
    PuzzleCodec codec;
    try (Dataset dataset = data.open()) {
      report = DatasetReport.of(dataset, examples);
      codec = dataset.domain().codec();
    }
    Printer printer = Printer.of(spec);
    if (json) {
      printer.json(report);
      return;
    }
    printer.line("data set %s, %s".formatted(report.dataset(), data.recognised()));
    printer.line(
        "%s %s: sequences of %s tokens, vocabulary %s, %s puzzle identifiers"
            .formatted(
                report.dataset(),
                report.options(),
                report.seqLen(),
                report.vocabSize(),
                report.puzzleIdentifiers()));
    printer.line(
        "  grid: %s rows x %s columns".formatted(codec.grid().rows(), codec.grid().columns()));
    printer.line("  tokens: " + tokens(codec, report.vocabSize()));
    report.notes().forEach(note -> printer.line("  " + note));
    report.splits().forEach((name, split) -> print(printer, name, split, report.seqLen()));
    if (report.splits().containsKey("train") && report.splits().size() > 1) {
      printer.line(
          "leakage: %s questions of other splits are training questions%s"
              .formatted(
                  report.leaks(),
                  report.symmetricLeaks() < 0
                      ? ""
                      : ", %s up to symmetry".formatted(report.symmetricLeaks())));
    }
    printer.rows("rows were left out:", report.skipped());
  }

  /** Names each token with its symbol and what it means. */
  private static String tokens(PuzzleCodec codec, int vocabSize) {
    StringBuilder out = new StringBuilder("0 pads");
    for (int token = 1; token < Math.min(vocabSize, MOST_TOKENS); token++) {
      String meaning = codec.meaning(token);
      out.append(
          ", %s '%s'%s"
              .formatted(token, codec.symbol(token), meaning.isEmpty() ? "" : " " + meaning));
    }
    return out + (vocabSize > MOST_TOKENS ? " and %s more".formatted(vocabSize - MOST_TOKENS) : "");
  }

  private static void print(Printer printer, String name, SplitReport split, int seqLen) {
    printer.styled(
        "@|bold %s|@: %s examples, %s puzzles, %s groups"
            .formatted(name, split.examples(), split.puzzles(), split.groups()));
    if (split.looked() < split.examples()) {
      printer.line("  the first %s were looked at".formatted(split.looked()));
    }
    if (split.fewestOpen() < seqLen) {
      printer.line(
          String.format(
              Locale.ROOT,
              "  open cells: %s to %s, mean %.1f",
              split.fewestOpen(),
              split.mostOpen(),
              split.meanOpen()));
    }
    printer.line(
        "  duplicates: %s%s"
            .formatted(
                split.duplicates(),
                split.symmetric() < 0 ? "" : ", %s up to symmetry".formatted(split.symmetric())));
    int most = split.ratings().values().stream().mapToInt(count -> count).max().orElse(1);
    split
        .ratings()
        .forEach((range, count) ->
            printer.line(
                "  rating %-13s %8s %s"
                    .formatted(
                        range, count, "#".repeat((int) Math.ceil((double) BAR * count / most)))));
    printer.rows("invalid examples:", split.invalid());
  }
}
