package org.trm4j.cli.data;

import java.io.PrintWriter;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.report.DatasetReport;
import org.trm4j.datasets.io.report.ExampleCheck;

/** What a person should know about data before it is trained on or evaluated. */
public final class DataChecks {
  /** Examples of each split among which equal questions are looked for. */
  private static final int LOOKED_AT = 20_000;

  private DataChecks() {}

  /**
   * Refuses data whose rules are known and broken, as {@code trm data info} lists it. Generated
   * puzzles need no check.
   */
  public static void refuseInvalid(Dataset dataset) {
    for (String split : dataset.splits()) {
      Dataset.SkippedRow invalid = ExampleCheck.firstInvalid(dataset, split);
      if (invalid != null) {
        throw new DatasetException(
            "data: example %s of %s is invalid: %s; trm data info lists all, and --allow-invalid trains on them as they are"
                .formatted(invalid.line(), invalid.file(), invalid.reason()));
      }
    }
  }

  /** Reports test puzzles that are also training puzzles. */
  public static void sayLeaks(Dataset dataset, PrintWriter err) {
    if (dataset.splits().size() < 2 || !dataset.splits().contains("train")) {
      return;
    }
    DatasetReport report = DatasetReport.of(dataset, LOOKED_AT);
    if (report.leaks() > 0 || report.symmetricLeaks() > 0) {
      err.println(
          "trm: data: %s questions of other splits are training questions%s; trm data info says more"
              .formatted(
                  report.leaks(),
                  report.symmetricLeaks() < 0
                      ? ""
                      : " (%s up to symmetry)".formatted(report.symmetricLeaks())));
      err.flush();
    }
  }

  /** Reports figures that come from training puzzles. */
  public static void saySplit(String split, PrintWriter err) {
    if (split.equals("train")) {
      err.println(
          "trm: data: evaluated are the training puzzles themselves (split train), which says"
              + " nothing about others; give a test file");
      err.flush();
    }
  }
}
