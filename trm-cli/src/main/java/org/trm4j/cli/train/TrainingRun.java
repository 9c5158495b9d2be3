package org.trm4j.cli.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.trm4j.cli.terminal.Console;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.cli.terminal.Interrupts;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.run.Trainer;
import picocli.CommandLine;

/** Trains at a terminal: Ctrl-C saves, and the curves are drawn at the end. */
public final class TrainingRun {
  private TrainingRun() {}

  /**
   * Runs until the end or Ctrl-C; the run folder then holds model, metrics and curves.
   *
   * @param title of the curves
   * @param again how a person resumes a run that was stopped
   */
  public static TrainingResult of(Trainer trainer, String title, String again, CommandLine line) {
    return of(trainer, null, title, again, line.getOut(), line);
  }

  /**
   * Runs as {@link #of(Trainer, String, String, CommandLine)} does, for at most some time.
   *
   * @param time null for no limit
   * @param messages where it says where things are saved
   */
  public static TrainingResult of(
      Trainer trainer,
      @Nullable Duration time,
      String title,
      String again,
      PrintWriter messages,
      CommandLine line) {
    RunFolder folder = new RunFolder(trainer.folder());
    TrainingResult result;
    try (@SuppressWarnings("unused")
        Interrupts interrupts =
            new Interrupts(
                line.getErr(),
                trainer::requestStop,
                "finishing this step, then saving",
                () -> left(folder))) {
      result = time == null ? trainer.run() : trainer.run(time);
    }
    draw(folder, title, line.getErr());
    if (result.end() == TrainingResult.End.STOPPED
        || result.end() == TrainingResult.End.OUT_OF_TIME) {
      new Console(messages).line("saved in " + folder.path() + "; " + again);
    }
    return result;
  }

  private static String left(RunFolder folder) {
    return Files.exists(folder.resumeFile())
        ? folder.path() + " holds the last checkpoint"
        : "nothing had been saved";
  }

  /** The model is saved by now: a picture that cannot be drawn must not look like a failed run. */
  private static void draw(RunFolder folder, String title, PrintWriter err) {
    try {
      Curves.read(folder.metricsFile()).draw(title, folder.path().resolve("curves.png"));
    } catch (IOException | RuntimeException | LinkageError e) {
      Failures.print(err, "curves.png is missing, the rest is there: " + e);
    }
  }
}
