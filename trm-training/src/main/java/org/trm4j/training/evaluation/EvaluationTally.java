package org.trm4j.training.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.Loss;
import org.trm4j.training.TrainingException;

/** Sums of an evaluation, by supervision step. */
final class EvaluationTally {
  private final double[] tokens;
  private final int[] exact;
  private final int[] halting;
  private final int[] running;
  private int solved;
  private int labelled;
  private int verified;
  private int deepest;
  private long steps;
  private long totalSteps;

  EvaluationTally(int maxSteps) {
    tokens = new double[maxSteps];
    exact = new int[maxSteps];
    halting = new int[maxSteps];
    running = new int[maxSteps];
  }

  int solved() {
    return solved;
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
    for (int step = 0; step < tokens.length; step++) {
      if (step < answer.drafts().size()) {
        Draft draft = answer.drafts().get(step);
        right = right(example.labels(), draft.tokens());
        agrees = (draft.haltLogit() >= 0) == (right == labels);
        running[step]++;
      }
      tokens[step] += (double) right / labels;
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

  EvaluationReport report(double seconds, Map<String, Double> extra) {
    if (labelled == 0) {
      throw new TrainingException(
          "evaluation: none of the %s puzzles has labels".formatted(solved));
    }
    double n = labelled;
    List<StepFigures> figures = new ArrayList<>();
    for (int step = 0; step < deepest; step++) {
      figures.add(
          new StepFigures(
              step + 1, tokens[step] / n, exact[step] / n, halting[step] / n, running[step] / n));
    }
    return new EvaluationReport(
        labelled, figures, steps / n, totalSteps / n, verified / n, seconds, extra);
  }
}
