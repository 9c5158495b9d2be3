package org.trm4j.spark.demo;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.spark.TrmSolver;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.run.TrainerFactory;

/** Measures overheads on two executors of one core, beside one process with two threads. */
final class Figures {
  private static final int PUZZLES = 20_000;

  /** Puzzles that each process solves before it is measured, so that its compiler is done. */
  private static final int WARM_UP = 10_000;

  private static final int ROUNDS = 4;
  private static final int STEPS = 6;

  /** A width of 192, so that a step takes about two seconds on two cores. */
  private static final int BATCH = 544;

  private static final int VALUES = 5_000_000;

  private Figures() {}

  static void measure(SparkSession spark, PrintStream out) throws Exception {
    solving(spark, out);
    training(spark, out);
    moving(spark, out);
  }

  /** By turns, so that other load on the machine affects both alike. */
  private static void solving(SparkSession spark, PrintStream out) {
    List<String> texts = SparkDemo.texts(PUZZLES);
    Dataset<Row> table = SparkDemo.table(spark, texts, 16).cache();
    table.count();
    TrmSolver solver = new TrmSolver().setModel("sudoku-4");
    List<Double> alone = new ArrayList<>();
    List<Double> cluster = new ArrayList<>();
    try (TrmModel model = TrmModel.open(Trm.standard().model("sudoku-4").read(), "auto", 2)) {
      List<Puzzle> puzzles = texts.stream().map(model::parse).toList();
      Dataset<Row> first = SparkDemo.table(spark, texts.subList(0, 2 * WARM_UP), 2);
      solve(model, puzzles.subList(0, WARM_UP));
      solver.transform(first).selectExpr("sum(steps)").collectAsList();
      for (int round = 0; round < ROUNDS; round++) {
        alone.add(time(() -> solve(model, puzzles)));
        cluster.add(time(() -> solver.transform(table).selectExpr("sum(steps)").collectAsList()));
      }
    }
    print(out, "solving %s puzzles of sudoku-4".formatted(PUZZLES), alone, cluster);
  }

  private static void solve(TrmModel model, List<Puzzle> puzzles) {
    model.solveAll(
        puzzles.iterator(), 32, SolveOptions.DEFAULT.withDrafts(false), (answer, number) -> {});
  }

  private static void training(SparkSession spark, PrintStream out) throws Exception {
    TrainingConfig config =
        TrainingConfigs.recipe("demo").toBuilder()
            .hiddenSize(192)
            .puzzleEmbDim(192)
            .batch(BATCH)
            .steps(STEPS)
            .evaluateEvery(-1)
            .checkpointEvery(0)
            .build();
    Path folder = Files.createTempDirectory("trm-spark-figures");
    Times alone = new Times();
    Times cluster = new Times();
    try (org.trm4j.dataset.spi.Dataset data = config.data().open()) {
      try (Backend backend = Trm.standard().backend("auto", 2)) {
        new TrainerFactory(Set.of(alone)).start(config, data, backend, folder.resolve("one")).run();
      }
      new ClusterRun(spark.sparkContext(), "auto", 2, LocalSteps.EXACT)
          .run(config, data, folder.resolve("spark"), null, Set.of(cluster));
    }
    print(
        out, "an exact training step, batch " + BATCH + ", width 192", alone.found, cluster.found);
    SparkDemo.delete(folder);
  }

  /** Times all steps but the first two. */
  private static final class Times implements TrainingListener {
    final List<Double> found = new ArrayList<>();
    private long before = System.nanoTime();

    @Override
    public void stepped(long step) {
      long now = System.nanoTime();
      if (step > 2) {
        found.add((now - before) * 1e-9);
      }
      before = now;
    }
  }

  /** Moves the same data as an exact step of a model with five million parameters. */
  private static void moving(SparkSession spark, PrintStream out) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    List<Double> jobs = new ArrayList<>();
    List<Double> sums = new ArrayList<>();
    List<Double> broadcasts = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      double job = time(() -> context.parallelize(List.of(0, 1), 2).map(i -> i).collect());
      double sum =
          time(() ->
              context
                  .parallelize(List.of(0, 1), 2)
                  .treeAggregate(new float[0], (into, i) -> new float[VALUES], Figures::add, 1));
      Broadcast<float[]> sent = context.broadcast(new float[VALUES]);
      double send =
          time(() -> context.parallelize(List.of(0, 1), 2).map(i -> sent.value().length).collect());
      sent.destroy();
      if (round > 1) {
        jobs.add(job);
        sums.add(sum);
        broadcasts.add(send);
      }
    }
    out.println(
        String.format(
            Locale.ROOT,
            "a job of two tasks %.1f ms; sum of two gradients of %,d values (%d MB each) %.0f ms;"
                + " their broadcast %.0f ms",
            1e3 * median(jobs),
            VALUES,
            VALUES * 4 / 1_000_000,
            1e3 * median(sums),
            1e3 * median(broadcasts)));
  }

  private static float[] add(float[] into, float[] more) {
    if (into.length == 0) {
      return more;
    }
    for (int i = 0; i < more.length; i++) {
      into[i] += more[i];
    }
    return into;
  }

  private static double time(Runnable work) {
    long before = System.nanoTime();
    work.run();
    return (System.nanoTime() - before) * 1e-9;
  }

  private static void print(
      PrintStream out, String what, List<Double> alone, List<Double> cluster) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: one process %.2f s, Spark %.2f s, %.0f%% (medians of %d; all: %s %s)",
            what,
            median(alone),
            median(cluster),
            100 * median(alone) / median(cluster),
            alone.size(),
            rounded(alone),
            rounded(cluster)));
  }

  private static String rounded(List<Double> seconds) {
    return seconds.stream().map(s -> String.format(Locale.ROOT, "%.2f", s)).toList().toString();
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip((sorted.length - 1) / 2).findFirst().orElseThrow();
  }
}
