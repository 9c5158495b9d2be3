package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;
import org.trm4j.training.run.TrainerFactory;

/** Short trainings of a very small model on 4x4 Sudokus. */
final class Trainings {
  /** The relative tolerance of losses: that of the golden trainings. */
  private static final double TOLERANCE = 1e-3;

  private Trainings() {}

  static TrainingConfig config(int steps, String... changes) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "model.hiddenSize=16",
                "model.numHeads=2",
                "model.puzzleEmbDim=16",
                "recursion.arguments.T=1",
                "recursion.arguments.n=1",
                "recursion.arguments.layers=1",
                "run.batch=6",
                "run.logEvery=1",
                "run.evaluateEvery=-1",
                "run.checkpointEvery=0",
                "halting.maxSteps=3",
                "optimizer.warmupSteps=0",
                "run.steps=" + steps));
    all.addAll(List.of(changes));
    return SettingsText.with(TrainingConfigs.recipeOrFile("demo"), all);
  }

  static Dataset data() {
    return Trm.standard()
        .plugins()
        .datasets()
        .get("sudoku")
        .generate(Map.of("size", "4", "train", "200", "test", "20", "seed", "3"));
  }

  /** Returns the loss of each step. */
  static List<Double> alone(TrainingConfig config, Path folder) {
    Losses losses = new Losses();
    try (Dataset data = data();
        Backend backend = Trm.standard().backend("auto", 1)) {
      new TrainerFactory(Set.of(losses)).start(config, data, backend, folder).run();
    }
    return losses.found;
  }

  /** Returns the loss of each step. */
  static List<Double> onSpark(
      SparkContext spark, TrainingConfig config, Path folder, int workers, LocalSteps steps) {
    return onSpark(spark, config, folder, workers, steps, new Losses());
  }

  static List<Double> onSpark(
      SparkContext spark,
      TrainingConfig config,
      Path folder,
      int workers,
      LocalSteps steps,
      Losses losses) {
    try (Dataset data = data()) {
      new ClusterRun(spark, "auto", workers, steps).run(config, data, folder, null, Set.of(losses));
    }
    return losses.found;
  }

  /** Losses agree up to the order of sums. */
  static void near(List<Double> found, List<Double> wanted) {
    assertThat(found).hasSameSizeAs(wanted);
    for (int step = 0; step < wanted.size(); step++) {
      double loss = wanted.get(step);
      assertThat(found.get(step))
          .as("loss of step %d", step + 1)
          .isFinite()
          .isCloseTo(loss, within(TOLERANCE * Math.abs(loss)));
    }
  }

  /** Collects losses. */
  static class Losses implements TrainingListener {
    final List<Double> found = new ArrayList<>();

    @Override
    public void progressed(TrainingProgress progress) {
      found.add(progress.loss());
    }
  }
}
