package org.trm4j.training.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.Draft;
import org.trm4j.SolveOptions;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.Verifier;
import org.trm4j.plan.operation.Loss;

/** Measures the curves of one model on one split with one seed. */
final class CurveWork {
  private final ComputeCurve curve;
  private final TrmModel model;
  private final Optional<Verifier> verifier;
  private final ExampleSource split;
  private final int count;
  private final long seed;
  private final Calibration calibration;
  private final ComputeCurve.Progress progress;

  // Of the first curve, by step.
  private final int[] exactAfter;
  private final int[] verifiedAfter;
  private final long[] takenAfter;

  // Of each puzzle, with the attempts so far.
  private final boolean[] exact;
  private final boolean[] verified;
  private final long[] taken;

  private long nanos;
  private long steps;

  CurveWork(
      ComputeCurve curve,
      TrmModel model,
      ExampleSource split,
      int count,
      long seed,
      Calibration calibration,
      ComputeCurve.Progress progress) {
    this.curve = curve;
    this.model = model;
    this.verifier = model.domain().flatMap(domain -> domain.verifier());
    this.split = split;
    this.count = count;
    this.seed = seed;
    this.calibration = calibration;
    this.progress = progress;
    this.exactAfter = new int[curve.steps()];
    this.verifiedAfter = new int[curve.steps()];
    this.takenAfter = new long[curve.steps()];
    this.exact = new boolean[count];
    this.verified = new boolean[count];
    this.taken = new long[count];
  }

  List<CurvePoint> measure() {
    List<CurvePoint> points = new ArrayList<>(bySteps());
    boolean known = curve.steps() >= curve.attemptSteps();
    for (int attempts : curve.attempts()) {
      // The first attempt is the one of the first curve, up to where it stops.
      if (attempts > 1 || !known) {
        attempt(attempts);
      }
      points.add(
          point(CurvePoint.Axis.ATTEMPTS, attempts, sum(exact), sum(verified), total(taken)));
    }
    return points;
  }

  private List<CurvePoint> bySteps() {
    SolveOptions options =
        SolveOptions.DEFAULT
            .withMaxSteps(curve.steps())
            .withHalting(state -> false)
            .withDrafts(true)
            .withAttempts(Attempts.ONE.withSeed(seed));
    int[] all = IntStream.range(0, count).toArray();
    int[] done = new int[1];
    solve(
        all,
        options,
        (answer, number) -> {
          Example example = split.get(number);
          first(number, example, answer.drafts());
          calibration.add(answer.confidence(), right(example, answer.tokens()));
          progress.solved("steps", ++done[0]);
        });
    List<CurvePoint> points = new ArrayList<>();
    for (int i = 0; i < curve.steps(); i++) {
      points.add(
          point(CurvePoint.Axis.STEPS, i + 1, exactAfter[i], verifiedAfter[i], takenAfter[i]));
    }
    return points;
  }

  /** Takes the drafts of the attempt that does not stop, unless its own transition ends it. */
  private void first(int number, Example example, List<Draft> drafts) {
    boolean ever = false;
    boolean now = false;
    int[] last = {};
    for (int i = 0; i < curve.steps(); i++) {
      if (i < drafts.size()) {
        int[] tokens = drafts.get(i).tokens();
        if (!Arrays.equals(tokens, last)) {
          now = right(example, tokens);
          ever |= verifier.isPresent() && verifier.get().verify(example.tokens(), tokens).correct();
        }
        last = tokens;
      }
      exactAfter[i] += now ? 1 : 0;
      verifiedAfter[i] += ever ? 1 : 0;
      takenAfter[i] += Math.min(i + 1, drafts.size());
      // The same attempt where it stops once it verifies.
      if (i < curve.attemptSteps() && !verified[number]) {
        exact[number] = now;
        verified[number] = ever;
        taken[number] = Math.min(i + 1, drafts.size());
      }
    }
  }

  /** Makes the given number of attempts at each puzzle that fewer attempts did not solve. */
  private void attempt(int attempts) {
    Attempts several =
        curve
            .kind()
            .withCount(attempts)
            .withSeed(seed)
            .withChoice(verifier.isPresent() ? Attempts.Choice.VERIFIER : Attempts.Choice.VOTES)
            .withFirstFound(verifier.isPresent());
    int[] open = IntStream.range(0, count).filter(number -> !verified[number]).toArray();
    int[] done = {count - open.length};
    solve(
        open,
        SolveOptions.DEFAULT
            .withMaxSteps(curve.attemptSteps())
            .withDrafts(false)
            .withAttempts(several),
        (answer, number) -> {
          exact[number] = right(split.get(number), answer.tokens());
          verified[number] = answer.verified();
          taken[number] = answer.totalSteps();
          progress.solved(attempts + " attempts", ++done[0]);
        });
  }

  private interface Answers {
    void accept(Answer answer, int number);
  }

  private void solve(int[] numbers, SolveOptions options, Answers answers) {
    long start = System.nanoTime();
    model.solveAll(
        Questions.of(split, Arrays.stream(numbers)),
        curve.batch(),
        options,
        (answer, place) -> {
          steps += answer.totalSteps();
          answers.accept(answer, numbers[place]);
        });
    nanos += System.nanoTime() - start;
  }

  /** A puzzle's time is the time of its steps; puzzles solved earlier are not solved again. */
  private CurvePoint point(CurvePoint.Axis axis, int value, long right, long sure, long done) {
    return new CurvePoint(
        axis,
        value,
        seed,
        (double) right / count,
        (double) sure / count,
        (double) done / count,
        1e-9 * nanos / Math.max(1, steps) * done / count);
  }

  private static long sum(boolean[] values) {
    long sum = 0;
    for (boolean value : values) {
      sum += value ? 1 : 0;
    }
    return sum;
  }

  private static long total(long[] values) {
    return Arrays.stream(values).sum();
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
