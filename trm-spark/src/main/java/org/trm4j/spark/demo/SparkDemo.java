package org.trm4j.spark.demo;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.spark.ClusterEvaluation;
import org.trm4j.spark.TrmEvaluation;
import org.trm4j.spark.TrmSolver;
import org.trm4j.spark.training.ClusterRun;
import org.trm4j.spark.training.LocalSteps;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingProgress;

/**
 * Solves, evaluates and trains with two executor processes on this machine: {@code ./trm
 * spark-demo}. With {@code --figures} it measures the overheads and sizes in docs/SPARK.md; with
 * {@code --local-steps} it compares local with exact steps; with {@code --simulate} it estimates
 * what more executors would bring.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class SparkDemo {
  private static final int PUZZLES = 2000;

  /**
   * On a quiet machine, cores of an AMD EPYC (Zen 4): training of sudoku-mlp, 4.28 slots a second
   * on two cores (docs/RESULTS.md); jobs, gradients and broadcasts by --figures. The spread, the
   * driver's seconds per task and the network of 10 Gbit/s are assumptions.
   */
  private static final Simulation MEASURED =
      new Simulation(0.47, 0.05, 0.062, 0.001, 20, 0.0019, 1250);

  /**
   * Seconds per puzzle of sudoku-mlp on one core: 16 steps, of which two cores take 7.5 a second.
   */
  private static final double PUZZLE_SECONDS = 4.3;

  private SparkDemo() {}

  /** Runs the demonstration. */
  public static void main(String[] args) throws Exception {
    List<String> given = List.of(args);
    if (given.equals(List.of("--simulate"))) {
      MEASURED.print(System.out, PUZZLE_SECONDS);
      return;
    }
    List<List<String>> known = List.of(List.of(), List.of("--figures"), List.of("--local-steps"));
    if (!known.contains(given)) {
      System.err.println(
          "spark-demo: %s, expected nothing, --figures, --local-steps or --simulate"
              .formatted(given));
      System.exit(2);
    }
    try (SparkSession spark = LocalCluster.start(2, 1600)) {
      if (given.isEmpty()) {
        show(spark, System.out);
      } else if (given.equals(List.of("--local-steps"))) {
        LocalStepsFigures.measure(spark, System.out);
      } else {
        Figures.measure(spark, System.out);
      }
    }
  }

  private static void show(SparkSession spark, PrintStream out) throws Exception {
    Dataset<Row> puzzles = table(spark, texts(PUZZLES), 8);
    Dataset<Row> solved = new TrmSolver().setModel("sudoku-4").transform(puzzles);
    long start = System.nanoTime();
    List<Row> byAnswer = solved.groupBy("verified").count().collectAsList();
    out.println("Two executor processes solve %s 4x4 Sudokus:".formatted(PUZZLES));
    byAnswer.forEach(row -> out.println("  verified %s: %s".formatted(row.get(0), row.getLong(1))));
    out.println(seconds(start));
    solved.select("puzzle", "answer", "steps", "error").show(3, false);

    start = System.nanoTime();
    ClusterEvaluation found =
        new TrmEvaluation("sudoku-4", "sudoku:size=4,train=1,test=1000,seed=7").run(spark);
    out.println(
        String.format(
            Locale.ROOT,
            "They evaluate the model as trm eval does: exact %.2f%% of %d puzzles.",
            100 * found.report().exactAccuracy(),
            found.report().puzzles()));
    out.println(seconds(start));

    Path run = Files.createTempDirectory("trm-spark-demo");
    start = System.nanoTime();
    out.println("They train a new model together, 60 steps:");
    TrainingConfig config =
        TrainingConfigs.recipe("demo").toBuilder()
            .steps(60)
            .evaluateEvery(-1)
            .checkpointEvery(0)
            .logEvery(20)
            .build();
    try (org.trm4j.dataset.spi.Dataset data = config.data().open()) {
      new ClusterRun(spark.sparkContext(), "auto", 2, LocalSteps.EXACT)
          .run(config, data, run.resolve("run"), null, Set.of(new Lines(out)));
    }
    out.println(seconds(start));
    delete(run);
  }

  /** Prints losses. */
  private record Lines(PrintStream out) implements TrainingListener {
    @Override
    public void progressed(TrainingProgress progress) {
      out.println(
          String.format(Locale.ROOT, "  step %d: loss %.3f", progress.step(), progress.loss()));
    }
  }

  static void delete(Path folder) throws java.io.IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static String seconds(long start) {
    return String.format(Locale.ROOT, "  (%.1f s)%n", (System.nanoTime() - start) * 1e-9);
  }

  static List<String> texts(int count) {
    try (org.trm4j.dataset.spi.Dataset dataset =
        Trm.standard()
            .generate(
                "sudoku",
                Map.of("size", "4", "train", "1", "test", Integer.toString(count), "seed", "3"))) {
      ExampleSource source = dataset.split("test");
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        texts.add(dataset.domain().codec().decode(source.get(i % source.size()).tokens()));
      }
      return texts;
    }
  }

  static Dataset<Row> table(SparkSession spark, List<String> texts, int partitions) {
    List<Row> rows = texts.stream().map(RowFactory::create).toList();
    return spark
        .createDataFrame(rows, new StructType().add("puzzle", DataTypes.StringType))
        .repartition(partitions);
  }
}
