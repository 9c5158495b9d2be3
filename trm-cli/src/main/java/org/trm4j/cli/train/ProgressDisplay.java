package org.trm4j.cli.train;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.trm4j.cli.terminal.PrintableWriter;
import org.trm4j.cli.terminal.StatusLine;
import org.trm4j.cli.terminal.Terminal;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.log.ProgressLines;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingResult;

/** A status line with steps, time left, loss and accuracy; evaluations stay as lines above it. */
public final class ProgressDisplay implements TrainingListener {
  private static final int CELLS = 20;

  private final ProgressLines lines;
  private final StatusLine status;
  private long firstStep;
  private long steps;
  private long began;
  private @Nullable TrainingProgress progress;

  ProgressDisplay(PrintWriter out, Terminal width) {
    this.lines = new ProgressLines(PrintableWriter.of(out));
    this.status = new StatusLine(out, width);
  }

  /** Returns the status line on a terminal and plain lines elsewhere. */
  public static TrainingListener create(PrintWriter out) {
    return Terminal.interactive()
        ? new ProgressDisplay(out, new Terminal())
        : new ProgressLines(PrintableWriter.of(out));
  }

  @Override
  public void started(TrainingListener.Start start) {
    lines.started(start);
    firstStep = start.firstStep();
    steps = start.config().run().steps();
    began = System.nanoTime();
    status.show(text(firstStep - 1));
  }

  @Override
  public void stepped(long step) {
    status.showSometimes(() -> text(step));
  }

  @Override
  public void progressed(TrainingProgress reported) {
    progress = reported;
    status.show(text(reported.step()));
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    status.above(() -> lines.evaluated(step, report));
  }

  @Override
  public void improved(long step, EvaluationReport report, @Nullable Path file) {
    status.above(() -> lines.improved(step, report, file));
  }

  @Override
  public void saved(long step, Path folder) {
    // The end of the run says where everything lies.
  }

  @Override
  public void lossRose(long step, double loss, double lowest, Path folder) {
    status.above(() -> lines.lossRose(step, loss, lowest, folder));
  }

  @Override
  public void finished(TrainingResult result) {
    status.clear();
    lines.finished(result);
  }

  @Override
  public void closed() {
    status.clear();
  }

  private String text(long step) {
    int filled = steps == 0 ? CELLS : (int) (CELLS * step / steps);
    StringBuilder text = new StringBuilder("[");
    text.append("=".repeat(filled)).append(" ".repeat(CELLS - filled)).append(']');
    text.append(String.format(Locale.ROOT, " %s/%s steps", step, steps));
    long done = step - firstStep + 1;
    if (done > 0 && step < steps) {
      long seconds = (long) (1e-9 * (System.nanoTime() - began) / done * (steps - step));
      text.append(", ").append(duration(seconds)).append(" left");
    }
    TrainingProgress last = progress;
    if (last != null) {
      text.append("  ")
          .append(ProgressLines.brief(last))
          .append(String.format(Locale.ROOT, "  %.0f puzzles/s", last.puzzlesPerSecond()));
    }
    return text.toString();
  }

  /** Returns 0:07, 12:34 or 3:04:05. */
  static String duration(long seconds) {
    return seconds < 3600
        ? String.format(Locale.ROOT, "%s:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%s:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
