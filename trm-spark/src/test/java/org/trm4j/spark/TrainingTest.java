package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.model.ParameterSet;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.ablation.Ablation;
import org.trm4j.training.ablation.AblationRun;
import org.trm4j.training.ablation.AblationTable;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.AblationText;
import org.trm4j.training.run.Trainer;
import org.trm4j.training.run.TrainerFactory;

class TrainingTest {
  @TempDir static Path folder;
  static SparkSession spark;
  static SparkContext context;

  @BeforeAll
  static void start() {
    spark = Cluster.inThisJvm();
    context = spark.sparkContext();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @Test
  void exactTrainingIsThatOfOneProcess() {
    TrainingConfig config = Trainings.config(8);
    List<Double> alone = Trainings.alone(config, folder.resolve("alone"));

    List<Double> found =
        Trainings.onSpark(context, config, folder.resolve("exact"), 3, LocalSteps.EXACT);

    Trainings.near(found, alone);
    // Includes the rows of the puzzle embedding, which executors update themselves.
    near(model("exact"), model("alone"), 1e-2);
  }

  @Test
  void otherOptimizersUpdateOnTheDriver() {
    TrainingConfig config = Trainings.config(4, "optimizer.clip=0.5");
    List<Double> alone = Trainings.alone(config, folder.resolve("clip-alone"));

    Trainings.near(
        Trainings.onSpark(context, config, folder.resolve("clip"), 2, LocalSteps.EXACT), alone);
  }

  @Test
  void aDriverThatIsLostIsGoneOnWith() {
    TrainingConfig config = Trainings.config(7, "run.checkpointEvery=3");
    List<Double> alone = Trainings.alone(config, folder.resolve("whole"));
    Path run = folder.resolve("lost");
    Trainings.Losses until5 =
        new Trainings.Losses() {
          @Override
          public void stepped(long step) {
            if (step == 5) {
              throw new IllegalStateException("the driver is gone");
            }
          }
        };
    assertThatThrownBy(() -> Trainings.onSpark(context, config, run, 2, LocalSteps.EXACT, until5))
        .hasMessageContaining("the driver is gone");

    List<Double> rest = Trainings.onSpark(context, config, run, 2, LocalSteps.EXACT);

    Trainings.near(rest, alone.subList(3, 7));
  }

  @Test
  void localStepsOfOneWorkerWithoutMomentumAreExact() {
    TrainingConfig config = Trainings.config(8);
    List<Double> alone = Trainings.alone(config, folder.resolve("local-alone"));

    Trainings.near(
        Trainings.onSpark(context, config, folder.resolve("local-one"), 1, new LocalSteps(3, 1, 0)),
        alone);
  }

  @Test
  void localStepsOfSeveralWorkersLearnAndGoOn() {
    TrainingConfig config = Trainings.config(12, "run.checkpointEvery=5");
    Path run = folder.resolve("local");
    LocalSteps steps = new LocalSteps(4, 0.7, 0.9);
    List<Double> first = Trainings.onSpark(context, config, run, 2, steps);
    List<Double> more = Trainings.onSpark(context, Trainings.config(40), run, 2, steps);

    assertThat(first).hasSize(12);
    assertThat(more).hasSize(28).allSatisfy(loss -> assertThat(loss).isFinite());
    assertThat(mean(more.subList(18, 28))).isLessThan(mean(first.subList(0, 6)));
    assertThat(run.resolve("outer-momentum.safetensors")).exists();
    assertThatThrownBy(() ->
            Trainings.onSpark(
                context,
                Trainings.config(4, "optimizer.clip=0.5"),
                folder.resolve("local-clip"),
                2,
                steps))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("--local-steps 1");
  }

  @Test
  void aBatchThatIsTooSmallIsRefused() {
    assertThatThrownBy(() ->
            Trainings.onSpark(
                context, Trainings.config(1), folder.resolve("small"), 7, LocalSteps.EXACT))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("6 slots on 7 workers")
        .hasMessageContaining("raise run.batch, or ask for fewer workers");
    assertThat(
            Trainings.onSpark(
                context, Trainings.config(1), folder.resolve("fewer"), 2, LocalSteps.EXACT))
        .hasSize(1);
    assertThat(
            Trainings.onSpark(
                context,
                Trainings.config(1, "run.batch=7"),
                folder.resolve("larger"),
                7,
                LocalSteps.EXACT))
        .hasSize(1);
  }

  @Test
  void anEstimatorFitsASolver() {
    Dataset<Row> table = Puzzles.solved(spark, 30).withColumnRenamed("solution", "answer");

    TrmSolver solver =
        new TrmEstimator()
            .setDomain("sudoku:size=4")
            .setRecipe("demo")
            .setSettings(
                "model.hiddenSize=16",
                "model.numHeads=2",
                "model.puzzleEmbDim=16",
                "run.batch=4",
                "run.steps=2")
            .setQuestionCol("puzzle")
            .setFolder(folder.resolve("fitted").toString())
            .fit(table);

    List<Row> rows = solver.setOutputPrefix("trm_").setSteps(2).transform(table).collectAsList();
    assertThat(rows).hasSize(30);
    assertThat(rows).allSatisfy(row -> assertThat(row.<String>getAs("trm_answer")).hasSize(16));
    assertThatThrownBy(() -> new TrmEstimator().setQuestionCol("quiz").fit(table))
        .hasMessageContaining("no column 'quiz'");
  }

  @Test
  void anAblationHasTheTableOfOneProcess() {
    TrainingConfig config = Trainings.config(2, "run.evaluateEvery=0", "run.evaluatePuzzles=10");
    String data = "sudoku:size=4,train=200,test=20,seed=3";
    Ablate.Sweep sweep =
        new Ablate.Sweep(
            TrainingConfigs.toJson(config),
            List.of("trm", "trm-single-z"),
            List.of(1L, 2L),
            "2",
            data,
            "auto",
            folder.resolve("sweep").toString());

    AblationTable found = Ablate.run(spark, sweep);

    try (org.trm4j.dataset.spi.Dataset dataset = org.trm4j.frontend.DataText.open(data);
        org.trm4j.backend.spi.Backend backend = org.trm4j.Trm.standard().backend("auto", 1)) {
      AblationTable alone =
          new Ablation(
                  config,
                  List.of(
                      AblationText.contender("trm", config.recursion().arguments()),
                      AblationText.contender("trm-single-z", config.recursion().arguments())),
                  List.of(1L, 2L),
                  AblationText.budget("2"),
                  folder.resolve("ablation"))
              .run(new TrainerFactory(Set.of()), dataset, backend, Trainer::run);
      assertThat(found.title()).isEqualTo(alone.title());
      assertThat(results(found)).isEqualTo(results(alone));
    }
  }

  private static List<List<Object>> results(AblationTable table) {
    return table.rows().stream()
        .flatMap(row ->
            row.runs().stream()
                .map((AblationRun run) ->
                    List.<Object>of(
                        row.policy(),
                        row.parameters(),
                        run.seed(),
                        run.steps(),
                        run.exactAccuracy(),
                        run.tokenAccuracy())))
        .toList();
  }

  private static ParameterSet model(String run) {
    return ModelFiles.read(folder.resolve(run)).parameters();
  }

  private static double mean(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static void near(ParameterSet found, ParameterSet wanted, double tolerance) {
    wanted
        .tensors()
        .forEach((name, tensor) -> {
          float[] e = tensor.toArray();
          float[] a = found.get(name).toArray();
          double error = 0;
          double norm = 0;
          for (int i = 0; i < e.length; i++) {
            error += ((double) a[i] - e[i]) * ((double) a[i] - e[i]);
            norm += (double) e[i] * e[i];
          }
          assertThat(Math.sqrt(error))
              .as(name)
              .isLessThanOrEqualTo(tolerance * (1e-3 + Math.sqrt(norm)));
        });
  }
}
