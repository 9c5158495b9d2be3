package org.trm4j.training.log;

import org.apiguardian.api.API;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.training.metrics.TrainingProgress;

/** Sums of training steps since the last report. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MetricsWindow {
  private double language;
  private double halt;
  private double continuing;
  private long sequences;
  private long halted;
  private double tokens;
  private long exact;
  private long halting;
  private long steps;

  /** Returns the sums as text, exactly. */
  public String save() {
    return "%s %s %s %s %s %s %s %s %s"
        .formatted(language, halt, continuing, sequences, halted, tokens, exact, halting, steps);
  }

  /** Returns what {@link #save} saved. */
  public static MetricsWindow restore(String text) {
    String[] part = text.split(" ");
    if (part.length != 9) {
      throw new NumberFormatException("metrics: %s".formatted(text));
    }
    MetricsWindow window = new MetricsWindow();
    window.language = Double.parseDouble(part[0]);
    window.halt = Double.parseDouble(part[1]);
    window.continuing = Double.parseDouble(part[2]);
    window.sequences = Long.parseLong(part[3]);
    window.halted = Long.parseLong(part[4]);
    window.tokens = Double.parseDouble(part[5]);
    window.exact = Long.parseLong(part[6]);
    window.halting = Long.parseLong(part[7]);
    window.steps = Long.parseLong(part[8]);
    return window;
  }

  public void add(SequenceMetrics sequence, boolean hasHalted, int supervisionSteps) {
    sequences++;
    language += sequence.languageLoss();
    halt += sequence.haltLoss();
    continuing += sequence.continueLoss();
    if (hasHalted && sequence.labelledTokens() > 0) {
      halted++;
      tokens += (double) sequence.correctTokens() / sequence.labelledTokens();
      exact += sequence.exact() ? 1 : 0;
      halting += (sequence.haltLogit() >= 0) == sequence.exact() ? 1 : 0;
      steps += supervisionSteps;
    }
  }

  public double loss() {
    return (language + 0.5 * (halt + continuing)) / sequences;
  }

  public double languageLoss() {
    return language / sequences;
  }

  public double haltLoss() {
    return halt / sequences;
  }

  public double continueLoss() {
    return continuing / sequences;
  }

  public long sequences() {
    return sequences;
  }

  /** Adds the means over the sequences that halted, where any did. */
  public void addHalted(TrainingProgress.Builder progress) {
    if (halted > 0) {
      double n = halted;
      progress.halted(halted, tokens / n, exact / n, halting / n, steps / n);
    }
  }
}
