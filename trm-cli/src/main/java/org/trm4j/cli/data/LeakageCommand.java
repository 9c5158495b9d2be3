package org.trm4j.cli.data;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.StopCheck;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.leakage.Leakage;
import org.trm4j.training.leakage.LeakageReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks for the puzzles that a run is tested on among those that it was trained on. */
@Command(
    name = "leakage",
    mixinStandardHelpOptions = true,
    description = {
      "Checks that no puzzle that a run is tested on is in a training position that it used, equal"
          + " or up to symmetry.",
      "Training examples are regenerated up to the last checkpoint. Exit code 1 if one matches."
    })
final class LeakageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "A run folder.")
  private Path run;

  @Option(
      names = "--data",
      paramLabel = "D",
      description = "The current location of the run's data. Default: the one in config.json.")
  private @Nullable String data;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  LeakageCommand() {}

  @Override
  public Integer call() {
    RunFolder folder = RunFolder.open(run);
    StatusLine status = StatusLine.forPeople(spec.commandLine().getOut());
    LeakageReport report;
    try (Dataset dataset = data == null ? folder.config().data().open() : DataText.open(data);
        StopCheck stop = new StopCheck(spec.commandLine().getErr())) {
      report =
          Leakage.of(
              folder,
              dataset,
              done -> {
                if (done % 1000 == 0) {
                  stop.check();
                  status.showSometimes(() -> done + " training examples checked");
                }
              });
    } finally {
      status.clear();
    }
    Printer printer = Printer.of(spec);
    if (json) {
      printer.json(report);
    } else {
      printer.line(
          "%s of %s training examples checked (%s positions used) are one of the %s puzzles of other splits, equal or up to symmetry"
              .formatted(report.leaked(), report.checked(), report.positions(), report.tested()));
      report.first().forEach(place -> printer.line("  " + place));
    }
    return report.leaked() == 0 ? 0 : 1;
  }
}
