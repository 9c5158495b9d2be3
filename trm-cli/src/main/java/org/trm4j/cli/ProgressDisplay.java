package org.trm4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.EvaluationReport;
import org.trm4j.training.ProgressLines;
import org.trm4j.training.TrainingListener;
import org.trm4j.training.TrainingProgress;
import org.trm4j.training.TrainingResult;
import org.trm4j.training.TrainingStart;

/** A progress bar with time left, puzzles a second and accuracy. */
final class ProgressDisplay implements TrainingListener {
  private final ProgressLines lines;
  private @Nullable ProgressBar bar;

  private ProgressDisplay(PrintWriter out) {
    this.lines = new ProgressLines(out);
  }

  /** Returns the bar on a terminal and plain lines elsewhere. */
  static TrainingListener create(PrintWriter out) {
    return Console.interactive() ? new ProgressDisplay(out) : new ProgressLines(out);
  }

  @Override
  public void started(TrainingStart start) {
    lines.started(start);
    bar =
        new ProgressBarBuilder()
            .setTaskName("training")
            .setInitialMax(start.config().run().steps())
            .startsFrom(start.firstStep() - 1, java.time.Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(500)
            .setUnit(" steps", 1)
            .build();
  }

  @Override
  public void stepped(long step) {
    if (bar != null) {
      bar.stepTo(step);
    }
  }

  @Override
  public void progressed(TrainingProgress progress) {
    if (bar != null) {
      bar.setExtraMessage(
          " %s  %.0f puzzles/s"
              .formatted(ProgressLines.brief(progress), progress.puzzlesPerSecond()));
    }
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    if (bar != null) {
      bar.pause();
      lines.evaluated(step, report);
      bar.resume();
    }
  }

  @Override
  public void saved(long step, Path folder) {
    // The end of the run says where everything lies.
  }

  @Override
  public void finished(TrainingResult result) {
    closed();
    lines.finished(result);
  }

  @Override
  public void closed() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
