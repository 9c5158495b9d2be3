package org.trm4j.cli.models;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.pretrained.PretrainedDescription;
import org.trm4j.training.measure.Calibration;
import org.trm4j.training.measure.CurvePoint;

/** The figures of a model's card, which stand between two marks in its README.md. */
final class ModelCard {
  private static final String FROM = "<!-- figures: written by trm models pack -->";
  private static final String TO = "<!-- end of the figures -->";

  private final PretrainedDescription description;
  private final List<CardRow> rows;
  private final Calibration calibration;
  private final boolean endsItself;
  private final boolean symmetric;
  private final String measuredOn;

  /**
   * Takes the figures.
   *
   * @param endsItself whether the model has a transition, which ends its attempts
   * @param symmetric whether attempts see the puzzle under symmetries
   */
  ModelCard(
      PretrainedDescription description,
      List<CardRow> rows,
      Calibration calibration,
      boolean endsItself,
      boolean symmetric,
      String measuredOn) {
    this.description = description;
    this.rows = rows;
    this.calibration = calibration;
    this.endsItself = endsItself;
    this.symmetric = symmetric;
    this.measuredOn = measuredOn;
  }

  /** Fails if the card has no place for figures, before anything is measured. */
  static void check(Path readme) throws IOException {
    String text = Files.readString(readme);
    if (text.indexOf(FROM) < 0 || text.indexOf(TO) < text.indexOf(FROM)) {
      throw new CheckpointException(
          "%s: expected the lines '%s' and '%s', between which the figures go"
              .formatted(readme, FROM, TO));
    }
  }

  void write(Path readme) throws IOException {
    check(readme);
    String text = Files.readString(readme);
    String changed =
        text.substring(0, text.indexOf(FROM))
            + FROM
            + "\n"
            + figures()
            + text.substring(text.indexOf(TO));
    Files.write(readme, changed.getBytes(StandardCharsets.UTF_8));
  }

  private String figures() {
    StringBuilder out = new StringBuilder();
    out.append("\n| | |\n|---|---|\n");
    row(out, "version", description.version());
    row(out, "trained parameters", String.format(Locale.ROOT, "%,d", description.parameters()));
    row(
        out,
        "weights",
        String.format(
            Locale.ROOT,
            "fp16 in safetensors, %,d bytes, SHA-256 `%s`",
            description.bytes(),
            description.sha256()));
    row(out, "trained", description.training());
    row(out, "library's commit", "`" + description.commit() + "`");
    row(out, "licence of the weights", description.licence());
    for (PretrainedDescription.Result result : description.results()) {
      row(
          out,
          "counted again by "
              + (result.id().equals(CardPlan.VERIFY) ? "every build" : "the profile nightly"),
          "%s of %s solved%s, `%s`"
              .formatted(
                  result.solved(),
                  result.puzzles(),
                  result.attempts() == 1
                      ? ""
                      : " in at most %s attempts".formatted(result.attempts()),
                  result.data()));
    }
    table(out);
    calibration(out);
    out.append("\nMeasured on ").append(measuredOn).append(".\n\n");
    return out.toString();
  }

  private static void row(StringBuilder out, String name, String value) {
    out.append("| ").append(name).append(" | ").append(value.replace("|", "\\|")).append(" |\n");
  }

  private void table(StringBuilder out) {
    if (rows.isEmpty()) {
      return;
    }
    CardRow first = rows.getFirst();
    List<Integer> steps = shown(first.steps());
    boolean compared = rows.stream().anyMatch(row -> row.untrained() != null);
    int most = first.attempts().getLast().value();
    int longest = first.steps().size();
    out.append(
        "\nPuzzles whose answer is the published one after so many supervision steps of one attempt that never stops%s, and puzzles solved, by any answer that verifies, in so many attempts of at most %s steps"
            .formatted(endsItself ? " before its end" : "", longest));
    out.append(
        "%s that stop as soon as an answer verifies. The last columns are the steps and the time of the most attempts%s, puzzles being solved in batches.%s\n\n"
            .formatted(
                symmetric ? ", all but the first under a symmetry of the puzzle," : "",
                most == 1 ? "" : ", all " + most + " where none verifies",
                compared ? " *Untrained*: the same search with the network before training." : ""));
    out.append("| puzzles | number |");
    steps.forEach(step -> out.append(step == 1 ? " 1 step |" : " %s |".formatted(step)));
    first
        .attempts()
        .forEach(point ->
            out.append(
                point.value() == 1 ? " 1 attempt |" : " %s attempts |".formatted(point.value())));
    if (compared) {
      out.append(" untrained, %s |".formatted(most));
    }
    out.append(" steps a puzzle | ms a puzzle |\n|---|---|");
    out.append("---|".repeat(steps.size() + first.attempts().size() + (compared ? 3 : 2)));
    out.append('\n');
    for (CardRow row : rows) {
      out.append("| %s | %s |".formatted(row.title(), row.puzzles()));
      for (int step : steps) {
        out.append(percent(row.steps().get(step - 1).exact())).append(" |");
      }
      row.attempts().forEach(point -> out.append(percent(solved(point))).append(" |"));
      CurvePoint untrained = row.untrained();
      if (untrained != null) {
        out.append(percent(solved(untrained))).append(" of %s |".formatted(row.untrainedPuzzles()));
      }
      CurvePoint last = row.attempts().getLast();
      out.append(
          String.format(
              Locale.ROOT,
              " %.1f | %.1f |\n",
              last.stepsPerPuzzle(),
              1e3 * last.secondsPerPuzzle()));
    }
  }

  /** An answer that equals the label verifies; the verified share is 0 where nothing can verify. */
  private static double solved(CurvePoint point) {
    return Math.max(point.exact(), point.verified());
  }

  /** Returns 1, 2, 4 and so on. */
  private static List<Integer> shown(List<CurvePoint> points) {
    List<Integer> steps = new ArrayList<>();
    for (int step = 1; step <= points.size(); step *= 2) {
      steps.add(step);
    }
    return steps;
  }

  private void calibration(StringBuilder out) {
    out.append(
        endsItself
            ? "\nWhat the first attempt says of itself, over all puzzles of the table: 100% where it has decided every cell, 0% where it has found a contradiction, 50% where its steps ran out; and how often the answer is then right.\n\n"
            : "\nThe halting head after the last step, over all puzzles of the table: what it says, and how often the answer is then right.\n\n");
    out.append("| it says | mean | answers | right |\n|---|---|---|---|\n");
    for (Calibration.Bin bin : calibration.bins()) {
      out.append(
          String.format(
              Locale.ROOT,
              "| %.0f to %.0f%% |%s | %s |%s |\n",
              100 * bin.from(),
              100 * bin.to(),
              percent(bin.said()),
              bin.answers(),
              percent(bin.right())));
    }
    out.append(
        String.format(
            Locale.ROOT,
            "\nBrier score %.4f, expected calibration error %.2f%%.\n",
            calibration.brier(),
            100 * calibration.expectedError()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, " %.1f%%", 100 * share);
  }
}
