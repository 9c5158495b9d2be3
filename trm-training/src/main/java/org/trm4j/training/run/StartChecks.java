package org.trm4j.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Plan;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;

/** Finds problems at the start of a run instead of after hours of training. */
final class StartChecks {
  private static final System.Logger LOG = System.getLogger(StartChecks.class.getName());

  private StartChecks() {}

  /** The split of the evaluations exists and has puzzles, unless the run has no evaluation. */
  static void evaluation(TrainingConfig config, Dataset dataset) {
    String split = config.data().evaluationSplit();
    if (config.run().evaluates() && dataset.split(split).size() == 0) {
      throw new TrainingException(
          "evaluation: the split %s has no puzzles; name another with data.evaluationSplit, or turn evaluation off with run.evaluateEvery=-1"
              .formatted(split));
    }
  }

  /** Reports if a resumed run's evaluations have another basis than the earlier ones. */
  static List<String> evaluations(TrainingConfig before, TrainingConfig now) {
    String was = before.evaluationBasis();
    String is = now.evaluationBasis();
    return was.equals(is) || !now.run().evaluates()
        ? List.of()
        : List.of(
            "evaluations are over %s from here on, and were over %s: they are not compared, so that patience and the best model begin anew"
                .formatted(is, was));
  }

  /** Settings that decide which examples come next must not change. */
  static void unchanged(TrainingConfig before, TrainingConfig now) {
    unchanged("run.seed", before.run().seed(), now.run().seed());
    unchanged("data.dataset", before.data().dataset(), now.data().dataset());
    unchanged("data.path", before.data().path(), now.data().path());
    unchanged("data.options", before.data().options(), now.data().options());
    unchanged("data.weight", before.data().weight(), now.data().weight());
    unchanged("data.mixture", before.data().mixture(), now.data().mixture());
    unchanged("data.augment", before.data().augment(), now.data().augment());
  }

  private static void unchanged(String key, Object before, Object now) {
    if (!before.equals(now)) {
      throw new TrainingException(
          "resume: %s is %s, expected %s as the run has: it cannot change; begin a new run for another"
              .formatted(key, now, before));
    }
  }

  /** A run cannot end before its current step. */
  static void steps(TrainingConfig config, long step) {
    if (config.run().steps() < step) {
      throw new TrainingException(
          "resume: run.steps is %s, but the run is at step %s already; expected the step to end at, more than %s to go on"
              .formatted(config.run().steps(), step, step));
    }
  }

  /** Warns where a resumed run cannot be expected to give the bits of an uninterrupted one. */
  static void device(String before, String now) {
    if (!before.isEmpty() && !arithmetic(before).equals(arithmetic(now))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "resume: the run was on {0}, now on {1}: it goes on, but not bit for bit as there",
          arithmetic(before),
          arithmetic(now));
    }
  }

  /** Results do not depend on the number of threads. */
  private static String arithmetic(String device) {
    return device.replaceFirst(", \\d+ threads?$", "");
  }

  /**
   * Returns the bytes of a run's models and resume file, while a new resume file is written; one
   * before the loss rose is an exception, which is not counted.
   */
  static long checkpointBytes(Plan plan, int batch) {
    long values = 0;
    long trained = 0;
    for (ParameterSpec spec : plan.parameters()) {
      values += spec.shape().size();
      trained += spec.kind() == ParameterSpec.Kind.TRAINED ? spec.shape().size() : 0;
    }
    long states =
        (long) plan.states().size() * batch * plan.config().length() * plan.config().hiddenSize();
    long resume = values + 3 * trained + states;
    return 4 * (2 * resume + 2 * values);
  }

  /** Throws if a folder's disk has less than {@code needed} bytes left. */
  static void space(Path folder, long needed) {
    try {
      long left = Files.getFileStore(folder).getUsableSpace();
      if (left < needed) {
        throw new TrainingException(
            String.format(
                Locale.ROOT,
                "run folder %s: its disk has %,d bytes left, the checkpoints need %,d",
                folder,
                left,
                needed));
      }
    } catch (IOException e) {
      throw new TrainingException("run folder %s: cannot be read: %s".formatted(folder, e), e);
    }
  }
}
