package org.trm4j.datasets.io.arc;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.datasets.arc.ArcPair;
import org.trm4j.datasets.arc.ArcTask;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.arc.ArcTransform;
import org.trm4j.datasets.io.json.JsonFiles;

/**
 * The published evaluation: predictions are cropped, their augmentation is undone, and the
 * augmentations of a test grid vote. pass@k asks whether the right grid is among the k best
 * candidates; a task with several tests counts the share of those that are right, and the figure is
 * the mean over all tasks with a known solution; without any there are no figures, only a
 * submission.
 */
final class ArcEvaluator implements Evaluator.Grouped {
  static final int[] PASSES = {1, 2, 5, 10, 100, 1000};
  static final int ATTEMPTS = 2;

  private final ArcExamples examples;
  private final List<ArcTask> tasks;
  private final Map<String, ArcVotes.OfTask> votes = new HashMap<>();
  private final Map<String, ArcOutcome> taken = new HashMap<>();

  ArcEvaluator(ArcExamples examples, List<ArcTask> tasks) {
    this.examples = examples;
    this.tasks = tasks;
  }

  @Override
  public void accept(int index, int[] prediction, float haltLogit) {
    if (Float.isNaN(haltLogit)) {
      throw new IllegalArgumentException(
          "arc: the confidence of example %s is NaN, expected a number".formatted(index));
    }
    String name = examples.name(index);
    if (name.equals(JsonFiles.BLANK)) {
      return;
    }
    ArcTransform transform = ArcTransform.of(name);
    votes
        .computeIfAbsent(ArcTransform.taskOf(name), task -> new ArcVotes.OfTask())
        .of(transform.undo(ArcTokens.crop(examples.input(index))))
        .add(index, transform.undo(ArcTokens.crop(prediction)), sigmoid(haltLogit));
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Override
  public Optional<String> group(int index) {
    String name = examples.name(index);
    return name.equals(JsonFiles.BLANK) ? Optional.empty() : Optional.of(ArcTransform.taskOf(name));
  }

  /** Returns the outcome of each test grid that has votes. */
  @Override
  public Map<String, String> outcomes() {
    Map<String, String> outcomes = new TreeMap<>();
    for (int task = 0; task < tasks.size(); task++) {
      for (int test = 0; test < tasks.get(task).test().size(); test++) {
        ArcOutcome outcome = outcome(task, test);
        if (!outcome.attempts().isEmpty()) {
          outcomes.put(key(task, test), outcome.text());
        }
      }
    }
    return outcomes;
  }

  @Override
  public void take(Map<String, String> outcomes) {
    outcomes.forEach((key, text) -> taken.put(key, ArcOutcome.parse(text)));
  }

  private static String key(int task, int test) {
    return task + "." + test;
  }

  private ArcOutcome outcome(int task, int test) {
    ArcOutcome known = taken.get(key(task, test));
    if (known != null) {
      return known;
    }
    ArcPair pair = tasks.get(task).test().get(test);
    ArcVotes.OfTask found = votes.get(tasks.get(task).name());
    return ArcOutcome.of(
        found == null ? List.of() : found.ranking(pair.input()), pair.output(), ATTEMPTS);
  }

  @Override
  public Map<String, Double> report() {
    double[] passed = new double[PASSES.length];
    int scored = 0;
    int leftOut = 0;
    for (int task = 0; task < tasks.size(); task++) {
      int[] right = new int[PASSES.length];
      int[] known = predicted(task);
      if (known.length == 0) {
        leftOut += tasks.get(task).test().stream().anyMatch(ArcPair::known) ? 1 : 0;
        continue;
      }
      scored++;
      for (int test : known) {
        int place = outcome(task, test).place();
        for (int i = 0; i < PASSES.length; i++) {
          right[i] += place >= 0 && place < PASSES[i] ? 1 : 0;
        }
      }
      for (int i = 0; i < PASSES.length; i++) {
        passed[i] += (double) right[i] / known.length;
      }
    }
    Map<String, Double> report = new LinkedHashMap<>();
    for (int i = 0; i < PASSES.length && scored > 0; i++) {
      report.put("ARC/pass@" + PASSES[i], passed[i] / scored);
    }
    if (leftOut > 0) {
      report.put("ARC/tasks left out", (double) leftOut);
    }
    return report;
  }

  /** Returns the test grids of a task whose output is known and that have votes. */
  private int[] predicted(int task) {
    List<ArcPair> test = tasks.get(task).test();
    return IntStream.range(0, test.size())
        .filter(grid -> test.get(grid).known() && !outcome(task, grid).attempts().isEmpty())
        .toArray();
  }

  /**
   * Writes {@code result.json} with the figures and {@code submission.json} with two attempts for
   * each test grid.
   *
   * @throws DatasetException if a test grid has no prediction: such a submission is refused
   */
  @Override
  public void write(Path folder) {
    JsonFiles.write(folder.resolve("result.json"), report());
    Path file = folder.resolve("submission.json");
    long all = tasks.stream().mapToLong(task -> task.test().size()).sum();
    long without =
        IntStream.range(0, tasks.size())
            .mapToLong(task ->
                IntStream.range(0, tasks.get(task).test().size())
                    .filter(test -> outcome(task, test).attempts().isEmpty())
                    .count())
            .sum();
    if (without > 0) {
      throw new DatasetException(
          "%s: %s of %s test grids have no prediction, expected one for each; evaluate all puzzles for a submission"
              .formatted(file, without, all));
    }
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      ArcSubmission submission = new ArcSubmission(out);
      for (int task = 0; task < tasks.size(); task++) {
        submission.begin(tasks.get(task).name());
        for (int test = 0; test < tasks.get(task).test().size(); test++) {
          submission.attempts(outcome(task, test).attempts(), ATTEMPTS);
        }
      }
      submission.end();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
