package org.trm4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.SparkStatusTracker;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import scala.Option;

/** Tests with two separate executor processes. */
class ExecutorsTest {
  @TempDir static Path folder;
  static SparkSession spark;
  static Path model;
  static final List<String> TEXTS = Puzzles.texts(800);

  @BeforeAll
  static void start() {
    model = Puzzles.writeModel(folder);
    spark = Cluster.twoExecutors();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  static TrmSolver solver() {
    return new TrmSolver().setModel(model.toUri().toString()).setSteps(3);
  }

  @Test
  void eachExecutorOpensTheModelOnce() {
    TrmSolver solver = solver();
    Dataset<Row> table = Puzzles.table(spark, TEXTS, 8);
    solver.transform(table).count();
    solver.transform(table.limit(300).repartition(4)).collect();

    Map<String, String> openings = new TreeMap<>();
    for (String line : openings()) {
      openings.put(line.split(" ")[0], line.split(" ")[1]);
    }

    assertThat(openings).hasSize(2).doesNotContainKey(Long.toString(ProcessHandle.current().pid()));
    assertThat(openings.values()).containsOnly("1");
  }

  @Test
  void aKilledExecutorCostsNothing() throws Exception {
    String victim = openings().getFirst().split(" ")[0];
    Dataset<Row> solved =
        solver()
            .setSteps(60)
            .setHalting("fixed")
            .setBatch(4)
            .transform(Puzzles.table(spark, TEXTS, 16));
    CompletableFuture<List<Row>> result = CompletableFuture.supplyAsync(solved::collectAsList);
    waitForTheFirstTask();
    assertThat(result).isNotDone();

    ProcessHandle process = ProcessHandle.of(Long.parseLong(victim)).orElseThrow();
    assertThat(process.destroyForcibly()).isTrue();

    assertThat(answers(result.get(3, TimeUnit.MINUTES))).isEqualTo(alone(60));
  }

  @Test
  void aStreamGoesOnFromItsCheckpointWithoutLossOrDoubles() throws Exception {
    Path in = Files.createDirectory(folder.resolve("in"));
    Path out = folder.resolve("out");
    StructType schema =
        new StructType().add("id", DataTypes.IntegerType).add("puzzle", DataTypes.StringType);
    Puzzles.table(spark, TEXTS.subList(0, 300), 3).write().mode("append").parquet(in.toString());
    run(schema, in, out);
    Puzzles.table(spark, TEXTS.subList(300, 500), 3)
        .withColumn("id", org.apache.spark.sql.functions.expr("id + 300"))
        .write()
        .mode("append")
        .parquet(in.toString());
    run(schema, in, out);

    List<Row> rows = spark.read().parquet(out.toString()).collectAsList();

    Map<Integer, String> expected = alone(3);
    expected.keySet().removeIf(id -> id >= 500);
    assertThat(rows).hasSize(500);
    assertThat(answers(rows)).isEqualTo(expected);
  }

  private static void run(StructType schema, Path in, Path out) throws Exception {
    StreamingQuery query =
        solver()
            .transform(spark.readStream().schema(schema).parquet(in.toString()))
            .writeStream()
            .option("checkpointLocation", folder.resolve("checkpoint").toString())
            .trigger(org.apache.spark.sql.streaming.Trigger.AvailableNow())
            .format("parquet")
            .start(out.toString());
    assertThat(query.awaitTermination(120_000)).isTrue();
  }

  @Test
  void trainingGoesOnWithoutAKilledExecutor() {
    TrainingConfig config = Trainings.config(12);
    List<Double> alone = Trainings.alone(config, folder.resolve("alone"));
    List<String> executors = openings();
    Trainings.Losses killing =
        new Trainings.Losses() {
          @Override
          public void stepped(long step) {
            if (step == 6) {
              long victim = Long.parseLong(executors.getFirst().split(" ")[0]);
              assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
            }
          }
        };

    List<Double> losses =
        Trainings.onSpark(
            spark.sparkContext(), config, folder.resolve("killed"), 2, LocalSteps.EXACT, killing);

    assertThat(losses).hasSize(12).allSatisfy(loss -> assertThat(loss).isFinite());
    for (int step = 0; step < 6; step++) {
      assertThat(losses.get(step)).isCloseTo(alone.get(step), within(1e-3 * alone.get(step)));
    }
  }

  /** The driver is a process of its own, and is killed after a step that no checkpoint holds. */
  @Test
  void anotherDriverGoesOnFromTheLastCheckpoint() {
    TrainingConfig config = Trainings.config(7, "run.checkpointEvery=3");
    List<Double> alone = Trainings.alone(config, folder.resolve("driver-alone"));
    Path run = folder.resolve("driver-lost");
    LostDriver.runUntil(5, 7, 3, run);

    List<Double> rest = Trainings.onSpark(spark.sparkContext(), config, run, 2, LocalSteps.EXACT);

    Trainings.near(rest, alone.subList(3, 7));
  }

  private static void waitForTheFirstTask() throws InterruptedException {
    SparkStatusTracker status = spark.sparkContext().statusTracker();
    long deadline = System.nanoTime() + 120_000_000_000L;
    while (System.nanoTime() < deadline) {
      for (int stage : status.getActiveStageIds()) {
        Option<SparkStageInfo> info = status.getStageInfo(stage);
        if (info.isDefined() && info.get().numTasks() == 16 && info.get().numCompletedTasks() > 0) {
          return;
        }
      }
      Thread.sleep(Duration.ofMillis(5));
    }
    throw new AssertionError("no task was done within two minutes");
  }

  /** One line per executor: process id, models opened. */
  private static List<String> openings() {
    return spark
        .range(0, 64, 1, 64)
        .mapPartitions(new CountOpenings(), Encoders.STRING())
        .distinct()
        .collectAsList();
  }

  private static Map<Integer, String> alone(int steps) {
    Map<Integer, String> answers = new HashMap<>();
    try (TrmModel trm = TrmModel.open(model)) {
      SolveOptions options = SolveOptions.DEFAULT.withMaxSteps(steps).withDrafts(false);
      if (steps > 3) {
        options = options.withHalting(progress -> false);
      }
      List<Integer> numbers = new java.util.ArrayList<>();
      List<Puzzle> puzzles = new java.util.ArrayList<>();
      for (int i = 0; i < TEXTS.size(); i++) {
        if (TEXTS.get(i).startsWith("not")) {
          answers.put(i, "null");
        } else {
          numbers.add(i);
          puzzles.add(trm.parse(TEXTS.get(i)));
        }
      }
      trm.solveAll(
          puzzles.iterator(),
          32,
          options,
          (answer, number) -> answers.put(numbers.get(number), answer.text()));
    }
    return answers;
  }

  private static Map<Integer, String> answers(List<Row> rows) {
    Map<Integer, String> answers = new HashMap<>();
    for (Row row : rows) {
      answers.put(row.getInt(0), Objects.toString(row.<Object>getAs("answer")));
    }
    return answers;
  }

  /** Runs on the executors. */
  static final class CountOpenings implements MapPartitionsFunction<Long, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public java.util.Iterator<String> call(java.util.Iterator<Long> rows) throws Exception {
      Thread.sleep(Duration.ofMillis(20));
      return List.of(ProcessHandle.current().pid() + " " + ExecutorModels.openings()).iterator();
    }
  }
}
