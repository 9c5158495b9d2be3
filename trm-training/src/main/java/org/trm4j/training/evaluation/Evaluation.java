package org.trm4j.training.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.plan.operation.Loss;
import org.trm4j.task.TaskProgram;
import org.trm4j.training.TrainingException;
import org.trm4j.training.jfr.EvaluationRecord;

/**
 * Solves the examples of a split and compares the answers with the labels, after every supervision
 * step.
 *
 * @param options how puzzles are solved; the published evaluation never stops before step 16 and
 *     has one attempt ({@link #published()})
 * @param batch puzzles at a time
 * @param puzzles how many to take from the start of the split; 0 for all
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Evaluation(SolveOptions options, int batch, int puzzles) {
  /** Checks the limits. */
  public Evaluation {
    if (batch < 1) {
      throw new IllegalArgumentException("evaluation: batch is " + batch + ", expected at least 1");
    }
    if (puzzles < 0) {
      throw new IllegalArgumentException(
          "evaluation: puzzles is " + puzzles + ", expected at least 0 (0: all)");
    }
  }

  /** Returns the options of the published evaluation: 16 steps, no early stop, one attempt. */
  public static SolveOptions published() {
    return SolveOptions.DEFAULT
        .withMaxSteps(TaskProgram.PUBLISHED_STEPS)
        .withHalting(progress -> false);
  }

  /** Runs the evaluation without the data set's own evaluator. */
  public EvaluationReport run(TrmModel model, ExampleSource split) {
    return run(model, split, null, done -> {});
  }

  /**
   * Runs the evaluation.
   *
   * @param evaluator takes every answer; null for none
   * @param done takes the number of puzzles solved so far, after each one
   */
  public EvaluationReport run(
      TrmModel model, ExampleSource split, @Nullable Evaluator evaluator, IntConsumer done) {
    return run(model, split, evaluator, done, () -> false);
  }

  /**
   * Runs the evaluation until it is done or asked to stop; it stops within one cycle.
   *
   * @param evaluator takes every answer; null for none
   * @param done takes the number of puzzles solved so far, after each one
   * @param stop asked once a cycle, by any thread; may become true at any time
   * @throws SolveStoppedException when it was asked to stop; there is no partial report
   */
  public EvaluationReport run(
      TrmModel model,
      ExampleSource split,
      @Nullable Evaluator evaluator,
      IntConsumer done,
      BooleanSupplier stop) {
    int count = puzzles == 0 ? split.size() : Math.min(puzzles, split.size());
    if (count == 0) {
      throw new TrainingException("evaluation: the split has no puzzles");
    }
    EvaluationRecord event = new EvaluationRecord();
    long start = System.nanoTime();
    Tally tally =
        tally(
            model,
            split,
            0,
            count,
            (index, tokens, haltLogit) -> {
              if (evaluator != null) {
                evaluator.accept(index, tokens, haltLogit);
              }
            },
            done,
            stop);
    double seconds = (System.nanoTime() - start) * 1e-9;
    EvaluationReport report =
        tally.report(seconds, evaluator == null ? Map.of() : evaluator.report());
    event.ended(
        report.puzzles(), report.exactAccuracy(), report.tokenAccuracy(), report.verified());
    return report;
  }

  /** Takes a prediction, as {@link Evaluator#accept} does. */
  @FunctionalInterface
  public interface Predictions {
    /** Takes the prediction of an example, [S] tokens, and its q_halt. */
    void accept(int index, int[] tokens, float haltLogit);
  }

  /**
   * Evaluates a part of a split, such as one machine's share.
   *
   * @param from the first example of the part
   * @param to the one after its last
   * @param predictions takes every answer, with its index in the split
   * @param done takes the number of puzzles solved so far, after each one
   * @param stop asked once a cycle, by any thread; may become true at any time
   * @throws SolveStoppedException when it was asked to stop
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Tally tally(
      TrmModel model,
      ExampleSource split,
      int from,
      int to,
      Predictions predictions,
      IntConsumer done,
      BooleanSupplier stop) {
    Tally tally = new Tally(options.maxSteps().orElse(model.usualSteps()));
    Examples examples = new Examples(split, from, to);
    model.solveAll(
        examples,
        Math.max(1, Math.min(batch, to - from)),
        options.withDrafts(true).withPartialAnswers(false).withStop(stop),
        (answer, number) -> {
          tally.add(answer, examples.taken(number));
          predictions.accept(from + number, answer.tokens(), answer.haltLogit());
          done.accept(tally.solved());
        });
    return tally;
  }

  /**
   * Evaluates a model on a split of a data set, whose kind of puzzle and tasks must be the model's;
   * the data set's own evaluator receives every answer.
   *
   * @throws org.trm4j.dataset.spi.DatasetException that says what differs
   */
  public EvaluationReport run(TrmModel model, Dataset dataset, String split) {
    ExampleSource fitting = model.fit(dataset).of(dataset.split(split));
    return run(model, fitting, dataset.evaluator(split), done -> {});
  }

  /** Supplies puzzles, and keeps the examples of those in slots. */
  private static final class Examples implements Iterator<Puzzle> {
    private final List<@Nullable Example> given = new ArrayList<>();
    private final ExampleSource split;
    private final int from;
    private final int to;

    Examples(ExampleSource split, int from, int to) {
      this.split = split;
      this.from = from;
      this.to = to;
    }

    @Override
    public boolean hasNext() {
      return from + given.size() < to;
    }

    @Override
    public Puzzle next() {
      Example example = split.get(from + given.size());
      given.add(example);
      return new Puzzle(example.tokens(), example.puzzleIdentifier());
    }

    /** Returns and removes the example of an answered puzzle. */
    Example taken(int number) {
      return Objects.requireNonNull(given.set(number, null));
    }
  }

  /**
   * Sums of an evaluation, by supervision step. They are whole numbers, so parts that were
   * evaluated separately, in any order, add up to exactly the figures of the whole.
   */
  public static final class Tally implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Right cells by step, over all puzzles with the same number of labels. */
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

    Tally(int maxSteps) {
      exact = new long[maxSteps];
      halting = new long[maxSteps];
      running = new long[maxSteps];
    }

    /** Returns the puzzles solved so far. */
    public int solved() {
      return solved;
    }

    /** Adds what another part of the same evaluation has counted. */
    public void add(Tally other) {
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
    void add(Answer answer, Example example) {
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
     * Returns the figures; throws if no puzzle has labels.
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
      List<EvaluationReport.Step> figures = new ArrayList<>();
      for (int step = 0; step < deepest; step++) {
        figures.add(
            EvaluationReport.Step.builder()
                .step(step + 1)
                .tokenAccuracy(tokens(step) / n)
                .exactAccuracy(exact[step] / n)
                .haltingAccuracy(halting[step] / n)
                .running(running[step] / n)
                .build());
      }
      return EvaluationReport.builder()
          .puzzles(labelled)
          .steps(figures)
          .meanSteps(steps / n)
          .meanTotalSteps(totalSteps / n)
          .verified(verified / n)
          .seconds(seconds)
          .extra(extra)
          .build();
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
}
