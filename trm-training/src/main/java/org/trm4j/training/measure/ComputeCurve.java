package org.trm4j.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apiguardian.api.API;
import org.trm4j.Answer;
import org.trm4j.Draft;
import org.trm4j.Rollouts;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.plan.operation.Loss;
import org.trm4j.recursion.LatentState;
import org.trm4j.training.TrainingException;

/**
 * Accuracy against the compute that is spent at solve time: supervision steps of one attempt, and
 * attempts.
 *
 * @param steps supervision steps of the longest attempt of the first curve, at least 1
 * @param attempts numbers of attempts of the second curve, each at least 1
 * @param kind what attempts differ by: their noise, their symmetries
 * @param batch puzzles at a time
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ComputeCurve(int steps, List<Integer> attempts, Rollouts kind, int batch) {
  /** Checks the values. */
  public ComputeCurve {
    attempts = List.copyOf(attempts);
    if (steps < 1 || batch < 1 || attempts.stream().anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException(
          "curve: steps %s, attempts %s, batch %s, expected at least 1 of each"
              .formatted(steps, attempts, batch));
    }
  }

  /** Takes the progress of the work. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each puzzle; may throw to end the work.
     *
     * @param part of the curve, for people
     */
    void solved(String part, int puzzles);
  }

  /**
   * Returns the noise that lets attempts differ: none where the model's states start at random
   * anyway, else 0.3, which works for Sudoku models.
   */
  public static double usualSigma(TrmModel model) {
    boolean random =
        model.description().program().states().stream()
            .anyMatch(state -> state.start() instanceof LatentState.Start.TruncatedNormal);
    return random ? 0 : 0.3;
  }

  /**
   * Measures the curve over supervision steps.
   *
   * @param calibration takes what the halting head said of each final answer
   */
  public List<CurvePoint> bySteps(
      TrmModel model,
      ExampleSource split,
      int puzzles,
      long seed,
      Calibration calibration,
      Progress progress) {
    int count = count(split, puzzles);
    int[] exact = new int[steps];
    int[] verified = new int[steps];
    SolveOptions options =
        SolveOptions.DEFAULT
            .withMaxSteps(steps)
            .withHalting(state -> false)
            .withDrafts(true)
            .withRollouts(Rollouts.NONE.withSeed(seed));
    int[] done = new int[1];
    long start = System.nanoTime();
    model.solveAll(
        new Questions(split, count),
        Math.min(batch, count),
        options,
        (answer, number) -> {
          Example example = split.get(number);
          tally(model, example, answer, exact, verified);
          calibration.add(answer.confidence(), right(example, answer.tokens()));
          progress.solved("steps", ++done[0]);
        });
    double perStep = (System.nanoTime() - start) * 1e-9 / count / steps;
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      points.add(
          new CurvePoint(
              CurvePoint.Axis.STEPS,
              i + 1,
              seed,
              (double) exact[i] / count,
              (double) verified[i] / count,
              i + 1,
              perStep * (i + 1)));
    }
    return points;
  }

  private static void tally(
      TrmModel model, Example example, Answer answer, int[] exact, int[] verified) {
    Optional<Verifier> verifier =
        Optional.ofNullable(model.domain()).flatMap(domain -> domain.verifier());
    boolean ever = false;
    int[] last = {};
    for (int i = 0; i < answer.drafts().size(); i++) {
      Draft draft = answer.drafts().get(i);
      int[] tokens = draft.tokens();
      exact[i] += right(example, tokens) ? 1 : 0;
      if (!ever && verifier.isPresent() && !Arrays.equals(tokens, last)) {
        ever = verifier.get().verify(example.tokens(), tokens).correct();
      }
      verified[i] += ever ? 1 : 0;
      last = tokens;
    }
  }

  /** Measures the curve over attempts. */
  public List<CurvePoint> byAttempts(
      TrmModel model, ExampleSource split, int puzzles, long seed, Progress progress) {
    int count = count(split, puzzles);
    boolean verifiable = model.domain() != null && model.domain().verifier().isPresent();
    List<CurvePoint> points = new ArrayList<>();
    for (int tries : attempts) {
      Rollouts rollouts =
          kind.withCount(tries)
              .withSeed(seed)
              .withChoice(verifiable ? Rollouts.Choice.VERIFIER : Rollouts.Choice.VOTES)
              .withFirstFound(verifiable);
      SolveOptions options = SolveOptions.DEFAULT.withDrafts(false).withRollouts(rollouts);
      int[] exact = new int[1];
      int[] verified = new int[1];
      int[] done = new int[1];
      long[] total = new long[1];
      long start = System.nanoTime();
      model.solveAll(
          new Questions(split, count),
          Math.min(batch, Math.multiplyExact(count, tries)),
          options,
          (answer, number) -> {
            exact[0] += right(split.get(number), answer.tokens()) ? 1 : 0;
            verified[0] += answer.verified() ? 1 : 0;
            total[0] += answer.totalSteps();
            progress.solved(tries + " attempts", ++done[0]);
          });
      double seconds = (System.nanoTime() - start) * 1e-9;
      points.add(
          new CurvePoint(
              CurvePoint.Axis.ATTEMPTS,
              tries,
              seed,
              (double) exact[0] / count,
              (double) verified[0] / count,
              (double) total[0] / count,
              seconds / count));
    }
    return points;
  }

  private static int count(ExampleSource split, int puzzles) {
    int count = puzzles == 0 ? split.size() : Math.min(puzzles, split.size());
    if (count < 1) {
      throw new TrainingException("curve: the split has no puzzles");
    }
    return count;
  }

  private static boolean right(Example example, int[] tokens) {
    int[] labels = example.labels();
    boolean any = false;
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED) {
        any = true;
        if (labels[i] != tokens[i]) {
          return false;
        }
      }
    }
    return any;
  }
}
