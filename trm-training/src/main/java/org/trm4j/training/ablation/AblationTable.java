package org.trm4j.training.ablation;

import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apiguardian.api.API;

/**
 * The result of an ablation.
 *
 * @param title what was compared
 * @param rows in the order of the contenders
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record AblationTable(String title, List<AblationRow> rows) {
  /** Copies the rows. */
  public AblationTable {
    rows = List.copyOf(rows);
  }

  /**
   * Combines tables of parts of one ablation, each with some seeds of one policy, such as runs on
   * several machines.
   *
   * @param seeds of all
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static AblationTable joined(List<AblationTable> parts, List<Long> seeds) {
    Map<String, AblationRow> rows = new LinkedHashMap<>();
    for (AblationTable part : parts) {
      for (AblationRow row : part.rows()) {
        rows.merge(row.policy(), row, AblationRow::with);
      }
    }
    String title = parts.getFirst().title();
    return new AblationTable(
        title.substring(0, title.lastIndexOf("seeds ")) + "seeds " + seeds,
        List.copyOf(rows.values()));
  }

  /** Returns the table as readable text. */
  public String text() {
    int width =
        rows.stream().mapToInt(row -> row.policy().length()).reduce("policy".length(), Math::max);
    String head =
        ("%-" + width + "s  %18s  %13s  %6s  %10s  %5s  %6s  %8s  %9s")
            .formatted(
                "policy",
                "exact, mean +- sd",
                "min .. max",
                "cells",
                "parameters",
                "depth",
                "passes",
                "steps",
                "puzzles/s");
    return rows.stream()
        .map(row -> line(row, width))
        .collect(Collectors.joining("\n", title + "\n\n" + head + "\n", "\n"));
  }

  private static String line(AblationRow row, int width) {
    return String.format(
        Locale.ROOT,
        "%-" + width + "s  %7.2f%% +- %5.2f%%  %5.1f .. %5.1f  %5.1f%%  %10s  %5s  %6s  %8s  %9.1f",
        row.policy(),
        100 * row.exact().getAverage(),
        100 * row.exactDeviation(),
        100 * row.exact().getMin(),
        100 * row.exact().getMax(),
        100 * row.tokens(),
        row.parameters(),
        row.effectiveDepth(),
        row.forwardPasses(),
        row.runs().getFirst().steps(),
        row.puzzlesPerSecond());
  }

  /** Returns one CSV line for each run, with a header. */
  public String csv() {
    StringWriter text = new StringWriter();
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setRecordSeparator('\n')
            .setHeader(
                "policy",
                "seed",
                "exactAccuracy",
                "tokenAccuracy",
                "parameters",
                "effectiveDepth",
                "forwardPasses",
                "gigaFlopPerSequence",
                "steps",
                "seconds",
                "puzzlesPerSecond")
            .get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      for (AblationRow row : rows) {
        for (AblationRun run : row.runs()) {
          printer.printRecord(
              row.policy(),
              run.seed(),
              run.exactAccuracy(),
              run.tokenAccuracy(),
              row.parameters(),
              row.effectiveDepth(),
              row.forwardPasses(),
              row.gigaFlop(),
              run.steps(),
              run.seconds(),
              run.puzzlesPerSecond());
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
    return text.toString();
  }
}
