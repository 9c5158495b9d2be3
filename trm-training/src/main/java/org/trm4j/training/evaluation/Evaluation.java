package org.trm4j.training.evaluation;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.SolveStoppedException;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.training.TrainingException;
import org.trm4j.training.jfr.EvaluationEvent;

/**
 * Solves the examples of a split and compares the answers with the labels, after every supervision
 * step.
 *
 * @param options how puzzles are solved; the published evaluation never stops before step 16 and
 *     has one try ({@link #published()})
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

  /** Returns the options of the published evaluation: 16 steps, no early stop, one try. */
  public static SolveOptions published() {
    return SolveOptions.DEFAULT.withHalting(progress -> false);
  }

  /** Runs it without an evaluator of the data set's own. */
  public EvaluationReport run(TrmModel model, ExampleSource split) {
    return run(model, split, null, done -> {});
  }

  /**
   * Runs it.
   *
   * @param evaluator takes every answer; null for none
   * @param done takes the number of puzzles solved so far, after each one
   */
  public EvaluationReport run(
      TrmModel model, ExampleSource split, @Nullable Evaluator evaluator, IntConsumer done) {
    return run(model, split, evaluator, done, () -> false);
  }

  /**
   * Runs it until it is done or asked to stop, which it does within one cycle.
   *
   * @param evaluator takes every answer; null for none
   * @param done takes the number of puzzles solved so far, after each one
   * @param stop asked once a cycle, by any thread; may become true at any time
   * @throws SolveStoppedException when it was asked to stop: there is no report of a part
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
    EvaluationEvent event = new EvaluationEvent();
    long start = System.nanoTime();
    EvaluationTally tally =
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
  public EvaluationTally tally(
      TrmModel model,
      ExampleSource split,
      int from,
      int to,
      Predictions predictions,
      IntConsumer done,
      BooleanSupplier stop) {
    EvaluationTally tally = new EvaluationTally(options.maxSteps());
    Examples examples = new Examples(split, from, to);
    model.solveAll(
        examples,
        Math.max(1, Math.min(batch, to - from)),
        options.withDrafts(true).withPartialAnswers(false).withStop(stop),
        (answer, number) -> {
          tally.add(answer, examples.given.set(number, null));
          predictions.accept(from + number, answer.tokens(), answer.haltLogit());
          done.accept(tally.solved());
        });
    return tally;
  }

  /**
   * Evaluates a model on a split of a data set that must be of its kind of puzzle and tasks; the
   * data set's own evaluator takes every answer.
   *
   * @throws org.trm4j.dataset.spi.DatasetException that says what differs
   */
  public EvaluationReport run(TrmModel model, Dataset dataset, String split) {
    ExampleSource fitting = model.fit(dataset).of(dataset.split(split));
    return run(model, fitting, dataset.evaluator(split), done -> {});
  }

  /** Hands out puzzles, and keeps the examples of those at work. */
  private static final class Examples implements Iterator<Puzzle> {
    final List<@Nullable Example> given = new ArrayList<>();
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
  }
}
