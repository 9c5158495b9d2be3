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
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.datasets.arc.ArcGrid;
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
final class ArcEvaluator implements Evaluator {
  static final int[] PASSES = {1, 2, 5, 10, 100, 1000};
  static final int ATTEMPTS = 2;

  private final ArcExamples examples;
  private final List<ArcTask> tasks;
  private final Map<String, ArcVotes.OfTask> votes = new HashMap<>();

  ArcEvaluator(ArcExamples examples, List<ArcTask> tasks) {
    this.examples = examples;
    this.tasks = tasks;
  }

  @Override
  public void accept(int index, int[] prediction, float haltLogit) {
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

  private List<ArcGrid> ranking(ArcTask task, ArcPair pair) {
    ArcVotes.OfTask found = votes.get(task.name());
    return found == null ? List.of() : found.ranking(pair.input());
  }

  @Override
  public Map<String, Double> report() {
    double[] passed = new double[PASSES.length];
    int scored = 0;
    for (ArcTask task : tasks) {
      int[] right = new int[PASSES.length];
      List<ArcPair> known = task.test().stream().filter(ArcPair::known).toList();
      if (known.isEmpty()) {
        continue;
      }
      scored++;
      for (ArcPair pair : known) {
        int place = ranking(task, pair).indexOf(pair.output());
        for (int i = 0; i < PASSES.length; i++) {
          right[i] += place >= 0 && place < PASSES[i] ? 1 : 0;
        }
      }
      for (int i = 0; i < PASSES.length; i++) {
        passed[i] += (double) right[i] / known.size();
      }
    }
    Map<String, Double> report = new LinkedHashMap<>();
    for (int i = 0; i < PASSES.length && scored > 0; i++) {
      report.put("ARC/pass@" + PASSES[i], passed[i] / scored);
    }
    return report;
  }

  /**
   * Writes {@code result.json} with the figures and {@code submission.json} with two attempts for
   * each test grid that has predictions.
   */
  @Override
  public void write(Path folder) {
    JsonFiles.write(folder.resolve("result.json"), report());
    Path file = folder.resolve("submission.json");
    try (Writer out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      ArcSubmission submission = new ArcSubmission(out);
      for (ArcTask task : tasks) {
        submission.begin(task.name());
        for (ArcPair pair : task.test()) {
          List<ArcGrid> ranking = ranking(task, pair);
          if (!ranking.isEmpty()) {
            submission.attempts(ranking, ATTEMPTS);
          }
        }
      }
      submission.end();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be written: %s".formatted(file, e), e);
    }
  }
}
