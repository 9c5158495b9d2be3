package org.trm4j.training.log;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.metrics.TrainingResult;

/** Writes a run's progress as plain lines, for logs and pipes. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ProgressLines implements TrainingListener {
  private final PrintWriter out;
  private boolean rose;

  /** Creates a listener that writes to {@code out} and flushes after every line. */
  public ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void started(TrainingListener.Start start) {
    line(
        "%s: %,d parameters, %s, %s, steps %s..%s, batch %s",
        start.config().name(),
        start.trainedParameters(),
        start.description().program().name(),
        start.device(),
        start.firstStep(),
        start.config().run().steps(),
        start.config().run().batch());
    start.notes().forEach(note -> line("  %s", note));
  }

  @Override
  public void progressed(TrainingProgress progress) {
    double rate = progress.puzzlesPerSecond();
    line(
        "step %s/%s  %s  %.1f puzzles/s",
        progress.step(), progress.totalSteps(), brief(progress), rate);
  }

  /** Returns loss and, where sequences halted, their accuracy in a few words. */
  public static String brief(TrainingProgress progress) {
    String loss = String.format(Locale.ROOT, "loss %.4f", progress.loss());
    return progress
        .halted()
        .map(halted ->
            String.format(
                Locale.ROOT,
                "%s  tokens %.1f%%  exact %.1f%%  steps %.1f",
                loss,
                100 * halted.tokenAccuracy(),
                100 * halted.exactAccuracy(),
                halted.meanSteps()))
        .orElse(loss);
  }

  @Override
  public void evaluated(long step, EvaluationReport report) {
    line(
        "step %s  evaluation: exact %.2f%%, tokens %.2f%%, halting head %.2f%% of %s puzzles, %.1f"
            + " puzzles/s",
        step,
        100 * report.exactAccuracy(),
        100 * report.tokenAccuracy(),
        100 * report.haltingAccuracy(),
        report.puzzles(),
        report.puzzlesPerSecond());
  }

  @Override
  public void improved(long step, EvaluationReport report, @Nullable Path file) {
    line("step %s  the best so far%s", step, file == null ? "" : ", kept in " + file);
  }

  @Override
  public void saved(long step, Path folder) {
    line("step %s  saved to %s", step, folder);
  }

  @Override
  public void lossRose(long step, double loss, double lowest, Path folder) {
    if (!rose) {
      line(
          "step %s  the loss has risen to %.4g, the lowest of a checkpoint was %.4g; the one before the rise is kept, to go back to it: trm train --resume --rewind --out %s",
          step, loss, lowest, folder);
    }
    rose = true;
  }

  @Override
  public void finished(TrainingResult result) {
    line("%s at step %s after %.0f s", result.end().words(), result.step(), result.seconds());
  }

  private void line(String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
    out.flush();
  }
}
