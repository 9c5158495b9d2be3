package org.trm4j.training.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.operation.Loss;
import org.trm4j.training.TrainingException;

/**
 * Sums of an evaluation, by supervision step. They are whole numbers: parts that were evaluated
 * apart, in any order, add up to exactly the figures of all.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class EvaluationTally implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Right cells by step, of all puzzles with so many labels. */
  private final TreeMap<Integer, long[]> tokens = new TreeMap<>();

  private final long[] exact;
  private final long[] halting;
  private final long[] running;
  private int solved;
  private int labelled;
  private int verified;
  private int deepest;
  private long steps;
  private long totalSteps;

  EvaluationTally(int maxSteps) {
    exact = new long[maxSteps];
    halting = new long[maxSteps];
    running = new long[maxSteps];
  }

  /** Returns the puzzles solved so far. */
  public int solved() {
    return solved;
  }

  /** Adds what another part of the same evaluation has counted. */
  public void add(EvaluationTally other) {
    other.tokens.forEach((labels, right) -> sum(tokensOf(labels), right));
    sum(exact, other.exact);
    sum(halting, other.halting);
    sum(running, other.running);
    solved += other.solved;
    labelled += other.labelled;
    verified += other.verified;
    deepest = Math.max(deepest, other.deepest);
    steps += other.steps;
    totalSteps += other.totalSteps;
  }

  private static void sum(long[] into, long[] more) {
    for (int i = 0; i < into.length; i++) {
      into[i] += more[i];
    }
  }

  private long[] tokensOf(int labels) {
    return tokens.computeIfAbsent(labels, count -> new long[exact.length]);
  }

  /** Adds an answer; an example without any label only counts as solved, as published. */
  void add(Answer answer, @Nullable Example given) {
    Example example = Objects.requireNonNull(given);
    solved++;
    int labels = 0;
    for (int label : example.labels()) {
      labels += label == Loss.IGNORED ? 0 : 1;
    }
    if (labels == 0) {
      return;
    }
    labelled++;
    verified += answer.verified() ? 1 : 0;
    steps += answer.steps();
    totalSteps += answer.totalSteps();
    deepest = Math.max(deepest, answer.steps());
    int right = 0;
    boolean agrees = false;
    long[] rights = tokensOf(labels);
    for (int step = 0; step < exact.length; step++) {
      if (step < answer.drafts().size()) {
        Draft draft = answer.drafts().get(step);
        right = right(example.labels(), draft.tokens());
        agrees = (draft.haltLogit() >= 0) == (right == labels);
        running[step]++;
      }
      rights[step] += right;
      exact[step] += right == labels ? 1 : 0;
      halting[step] += agrees ? 1 : 0;
    }
  }

  private static int right(int[] labels, int[] prediction) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += labels[i] != Loss.IGNORED && labels[i] == prediction[i] ? 1 : 0;
    }
    return right;
  }

  /**
   * Returns the figures; throws where no puzzle has labels.
   *
   * @param seconds of solving
   * @param extra figures of the data set's own evaluator
   */
  public EvaluationReport report(double seconds, Map<String, Double> extra) {
    if (labelled == 0) {
      throw new TrainingException(
          "evaluation: none of the %s puzzles has labels".formatted(solved));
    }
    double n = labelled;
    List<StepFigures> figures = new ArrayList<>();
    for (int step = 0; step < deepest; step++) {
      figures.add(
          new StepFigures(
              step + 1, tokens(step) / n, exact[step] / n, halting[step] / n, running[step] / n));
    }
    return new EvaluationReport(
        labelled, figures, steps / n, totalSteps / n, verified / n, seconds, extra);
  }

  /** Returns the sum of the puzzles' token accuracies after a step. */
  private double tokens(int step) {
    double sum = 0;
    for (Map.Entry<Integer, long[]> entry : tokens.entrySet()) {
      sum += (double) entry.getValue()[step] / entry.getKey();
    }
    return sum;
  }
}
