package org.trm4j.spark;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.spark.support.Failure;
import org.trm4j.training.TrainingException;
import org.trm4j.training.evaluation.Evaluation;
import scala.Tuple2;

/**
 * Evaluates a model on a split of a data set with a cluster: the figures of {@code trm eval}, equal
 * to the last digit, whatever the number of executors and tasks.
 *
 * <pre>{@code
 * new TrmEvaluation("sudoku-9", "hdfs:///data/sudoku-extreme").run(spark).report()
 * }</pre>
 *
 * <p>Executors open the data set by its location, each once, and every task takes a range of the
 * split; no puzzle passes through the driver. Some data sets have figures that need several
 * predictions together, such as the votes over an ARC task's augmentations; these are collected on
 * one executor per task.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class TrmEvaluation {
  private static final int BATCHES_IN_A_TASK = 8;
  private static final int TASKS_OF_A_CORE = 32;

  private final String model;
  private final String data;
  private final EvaluationSettings settings;
  private final boolean files;

  /** Creates the published evaluation of a model. */
  public TrmEvaluation(String model, String data) {
    this(model, data, EvaluationSettings.PUBLISHED, false);
  }

  /**
   * Creates an evaluation.
   *
   * @param model a model file or run folder, on any file system that Hadoop reads, or the name of a
   *     model in the box
   * @param data as {@code trm eval --data} takes it; a path with a scheme is read through Hadoop;
   *     one without must exist on every executor
   * @param settings how to evaluate
   * @param files whether to make the data set's result files
   */
  public TrmEvaluation(String model, String data, EvaluationSettings settings, boolean files) {
    this.model = model;
    this.data = data;
    this.settings = settings;
    this.files = files;
  }

  /** Runs it. */
  public ClusterEvaluation run(SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    settings.options(0);
    EvaluationJob job =
        new EvaluationJob(
            BroadcastModel.of(
                ModelBytes.read(model, context.hadoopConfiguration()), spark.sparkContext()),
            data,
            settings);
    EvaluationJob.Facts facts =
        Failure.unwrapped(() -> context.parallelize(List.of(0), 1).map(one -> job.facts()).first());
    if (facts.puzzles == 0) {
      throw new TrainingException(
          "evaluation: the split %s of %s has no puzzles".formatted(facts.split, data));
    }
    long start = System.nanoTime();
    int tasks = tasks(facts.puzzles, context.defaultParallelism());
    List<Tuple2<Integer, Integer>> ranges = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      ranges.add(
          new Tuple2<>(
              EvaluationJob.cut(0, facts.puzzles, task, tasks),
              EvaluationJob.cut(0, facts.puzzles, task + 1, tasks)));
    }
    JavaPairRDD<String, EvaluatedPart> parts =
        context
            .parallelize(ranges, tasks)
            .flatMapToPair(range -> job.evaluate(range._1(), range._2()))
            .partitionBy(new HashPartitioner(facts.ownFigures ? context.defaultParallelism() : 1));
    List<Tuple2<Evaluation.@Nullable Tally, HashMap<String, String>>> gathered =
        Failure.unwrapped(() -> parts.mapPartitions(job::gather).collect());
    Evaluation.Tally tally = null;
    HashMap<String, String> outcomes = new HashMap<>();
    for (Tuple2<Evaluation.@Nullable Tally, HashMap<String, String>> one : gathered) {
      Evaluation.Tally more = one._1();
      if (more != null && tally != null) {
        tally.add(more);
      } else if (more != null) {
        tally = more;
      }
      outcomes.putAll(one._2());
    }
    if (tally == null || tally.solved() != facts.puzzles) {
      throw new IllegalStateException(
          "evaluation: %s puzzles were counted, expected %s"
              .formatted(tally == null ? 0 : tally.solved(), facts.puzzles));
    }
    double seconds = (System.nanoTime() - start) * 1e-9;
    boolean wanted = files;
    EvaluationJob.OwnFigures own =
        facts.ownFigures
            ? Failure.unwrapped(() ->
                context
                    .parallelize(List.of(outcomes), 1)
                    .map(all -> job.report(all, wanted))
                    .first())
            : new EvaluationJob.OwnFigures();
    Map<String, Double> figures = own.figures;
    return new ClusterEvaluation(
        facts.split, tally.report(seconds, figures), facts.device, facts.notes, own.files);
  }

  private int tasks(int puzzles, int cores) {
    int wanted =
        settings.tasks() > 0
            ? settings.tasks()
            : Math.min(
                Math.max(cores, puzzles / (settings.batch() * BATCHES_IN_A_TASK)),
                cores * TASKS_OF_A_CORE);
    return Math.clamp(wanted, 1, puzzles);
  }
}
