package org.trm4j.spark.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.trm4j.spark.TrmEvaluation;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;

/**
 * Trains models on 4x4 Sudokus with exact and with local steps, each on equally many examples:
 * {@code ./trm spark-demo --local-steps}.
 */
final class LocalStepsFigures {
  private static final int STEPS = 300;
  private static final int BATCH = 64;
  private static final int LAST = 20;
  private static final int WORKERS = 2;
  private static final String HELD_OUT = "sudoku:size=4,train=1,test=500,seed=7";

  private LocalStepsFigures() {}

  static void measure(SparkSession spark, PrintStream out) throws IOException {
    List<LocalSteps> contenders =
        List.of(
            LocalSteps.EXACT,
            new LocalSteps(5, 0.7, 0.9),
            new LocalSteps(20, 0.7, 0.9),
            new LocalSteps(20, 1, 0),
            new LocalSteps(50, 0.7, 0.9));
    out.println(
        "%s steps of batch %s on %s workers: loss of the last %s, held-out puzzles solved, parameters sent"
            .formatted(STEPS, BATCH, WORKERS, LAST));
    for (LocalSteps steps : contenders) {
      one(spark, steps, out);
    }
  }

  private static void one(SparkSession spark, LocalSteps steps, PrintStream out)
      throws IOException {
    TrainingConfig config =
        TrainingConfigs.recipe("demo").toBuilder()
            .batch(BATCH)
            .steps(STEPS)
            .logEvery(1)
            .evaluateEvery(-1)
            .checkpointEvery(0)
            .build();
    Path folder = Files.createTempDirectory("trm-local-steps");
    Losses losses = new Losses();
    long start = System.nanoTime();
    try (org.trm4j.dataset.spi.Dataset data = config.data().open()) {
      new ClusterRun(spark.sparkContext(), "auto", WORKERS, steps)
          .run(config, data, folder.resolve("run"), null, Set.of(losses));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    double solved =
        new TrmEvaluation(folder.resolve("run").toString(), HELD_OUT)
            .run(spark)
            .report()
            .exactAccuracy();
    out.println(
        String.format(
            Locale.ROOT,
            "%-48s loss %.4f, solved %5.1f%%, %3d times; %.0f s",
            steps,
            losses.last(),
            100 * solved,
            STEPS / steps.count(),
            seconds));
    SparkDemo.delete(folder);
  }

  private static final class Losses implements TrainingListener {
    private final List<Double> found = new ArrayList<>();

    @Override
    public void progressed(TrainingProgress progress) {
      found.add(progress.loss());
    }

    double last() {
      return found.subList(found.size() - LAST, found.size()).stream()
          .mapToDouble(Double::doubleValue)
          .average()
          .orElseThrow();
    }
  }
}
