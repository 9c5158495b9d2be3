package org.trm4j;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.halting.spi.Progress;
import org.trm4j.plan.GaussianNoise;

/**
 * Several attempts at one puzzle; immutable. Begin with {@link #of} and change what differs:
 *
 * <pre>{@code
 * Attempts attempts = Attempts.of(16).withSymmetries(true).withChoice(Attempts.Choice.VOTES);
 * }</pre>
 *
 * <p>Attempt 0 runs as the model is. What makes the others differ: noise ({@link #withSigma}),
 * another form of the puzzle ({@link #withSymmetries}), and where the model's states start at
 * random, a draw of their own. All that is drawn follows from the seed, the puzzle's tokens and
 * identifier, and the attempt: other batches and another order give the same answers.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class Attempts {
  private static final int WINDOW = 4;
  private static final long USUAL_SEED = 1;

  /** Works for Sudoku models whose states start anew the same. */
  private static final double USUAL_SIGMA = 0.3;

  /** Which attempt's answer is taken. */
  public enum Choice {
    /** The one with the highest q_halt. */
    HALTING_HEAD,
    /** The answer that most attempts agree on; of equally many, the one with the highest q_halt. */
    VOTES,
    /**
     * The first that verifies; where none does, the one with the highest q_halt. Needs a domain
     * with a verifier.
     */
    VERIFIER,
    /**
     * The one whose last step changed the latent states least; see {@link Progress.Change#STATE}.
     */
    STATE_CHANGE,
    /**
     * The one whose last steps changed the logits least, as EqR (arXiv 2605.21488) selects; see
     * {@link Progress.Change#LOGITS}.
     */
    LOGIT_CHANGE;

    Set<Progress.Change> reads() {
      return switch (this) {
        case STATE_CHANGE -> Set.of(Progress.Change.STATE);
        case LOGIT_CHANGE -> Set.of(Progress.Change.LOGITS);
        default -> Set.of();
      };
    }
  }

  /** A single attempt without noise. */
  public static final Attempts ONE = of(1);

  private record Values(
      int count,
      double sigma,
      long seed,
      Choice choice,
      boolean firstFound,
      boolean symmetries,
      List<String> noisyStates,
      Span noisySteps,
      int window) {}

  /** Supervision steps, both ends included. */
  private record Span(int first, int last) {
    static final Span ALL = new Span(1, Integer.MAX_VALUE);

    boolean holds(int step) {
      return first <= step && step <= last;
    }
  }

  private final Values values;

  private Attempts(Values values) {
    if (values.window < 1) {
      throw new IllegalArgumentException(
          "attempts: window is " + values.window + ", expected at least 1 step");
    }
    if (values.count < 1) {
      throw new IllegalArgumentException(
          "attempts: count is " + values.count + ", expected at least 1");
    }
    if (!(values.sigma >= 0 && values.sigma < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "attempts: sigma is " + values.sigma + ", expected a finite number of at least 0");
    }
    this.values = values;
  }

  /** The values of a copy, of which one is changed. */
  private static final class Fields {
    int count;
    double sigma;
    long seed;
    Choice choice;
    boolean firstFound;
    boolean symmetries;
    List<String> noisyStates;
    Span noisySteps;
    int window;

    Fields(Values values) {
      this.count = values.count;
      this.sigma = values.sigma;
      this.seed = values.seed;
      this.choice = values.choice;
      this.firstFound = values.firstFound;
      this.symmetries = values.symmetries;
      this.noisyStates = values.noisyStates;
      this.noisySteps = values.noisySteps;
      this.window = values.window;
    }

    Values values() {
      return new Values(
          count, sigma, seed, choice, firstFound, symmetries, noisyStates, noisySteps, window);
    }
  }

  private Attempts with(Consumer<Fields> change) {
    Fields fields = new Fields(values);
    change.accept(fields);
    return new Attempts(fields.values());
  }

  /**
   * Makes attempts with noise on all latent states and a window of four steps.
   *
   * @param count attempts at each puzzle, at least 1
   * @param sigma standard deviation of the noise, at least 0
   * @param seed of all that attempts draw
   * @param choice which attempt's answer is taken
   * @param firstFound whether the others are given up once one attempt's answer verifies
   */
  public Attempts(int count, double sigma, long seed, Choice choice, boolean firstFound) {
    this(new Values(count, sigma, seed, choice, firstFound, false, List.of(), Span.ALL, WINDOW));
  }

  /**
   * Returns K attempts without noise, of which the halting head chooses.
   *
   * @param count attempts at each puzzle, at least 1
   */
  public static Attempts of(int count) {
    return new Attempts(count, 0, 0, Choice.HALTING_HEAD, false);
  }

  /**
   * Returns K attempts of which the verifier chooses; the others are given up once one verifies.
   */
  public static Attempts verified(int count, double sigma, long seed) {
    return new Attempts(count, sigma, seed, Choice.VERIFIER, true);
  }

  /**
   * Returns the attempts that usually solve the most puzzles with a trained model. All but the
   * first see the puzzle under a symmetry where its domain has any; else they get noise, unless the
   * model draws by itself. The first answer that verifies ends them; without a verifier the answer
   * that most agree on is taken.
   *
   * @param count attempts at each puzzle, at least 1
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static Attempts usual(TrmModel model, int count) {
    boolean symmetric = model.domain().flatMap(PuzzleDomain::symmetries).isPresent();
    boolean verifies = model.domain().flatMap(PuzzleDomain::verifier).isPresent();
    return of(count)
        .withSeed(USUAL_SEED)
        .withSymmetries(symmetric)
        .withSigma(symmetric ? 0 : usualSigma(model.description()))
        .withChoice(verifies ? Choice.VERIFIER : Choice.VOTES)
        .withFirstFound(verifies);
  }

  /**
   * Returns the noise that lets attempts at one form of a puzzle differ: none where the model draws
   * by itself (random starts, a transition), else 0.3, which works for Sudoku models.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public static double usualSigma(ModelDescription model) {
    return model.task().isDeterministic() ? USUAL_SIGMA : 0;
  }

  /** Returns the attempts at each puzzle, K. */
  public int count() {
    return values.count;
  }

  /** Returns the standard deviation of the noise of every attempt but the first. */
  public double sigma() {
    return values.sigma;
  }

  /** Returns the seed of all that attempts draw. */
  public long seed() {
    return values.seed;
  }

  /** Returns which attempt's answer is taken. */
  public Choice choice() {
    return values.choice;
  }

  /** Returns whether the others are given up once one attempt's answer verifies. */
  public boolean firstFound() {
    return values.firstFound;
  }

  /** Returns whether every attempt but the first sees another form of the puzzle. */
  public boolean symmetries() {
    return values.symmetries;
  }

  /** Returns the names of the latent states that get the noise; empty for all. */
  public List<String> noisyStates() {
    return values.noisyStates;
  }

  /** Returns whether noise comes before that supervision step, 1 for the first. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public boolean isNoisy(int step) {
    return values.noisySteps.holds(step);
  }

  /** Returns the last supervision steps that {@link Choice#LOGIT_CHANGE} averages over. */
  public int window() {
    return values.window;
  }

  /** Returns another number of these attempts, at least 1. */
  public Attempts withCount(int count) {
    return with(fields -> fields.count = count);
  }

  /**
   * Returns these attempts with noise: all but the first add Gaussian noise to the latent states
   * before each supervision step.
   *
   * @param sigma standard deviation, at least 0 (0.3 works for published Sudoku models)
   */
  public Attempts withSigma(double sigma) {
    return with(fields -> fields.sigma = sigma);
  }

  /** Returns these attempts with another seed of all that they draw. */
  public Attempts withSeed(long seed) {
    return with(fields -> fields.seed = seed);
  }

  /** Returns these attempts with another choice among their answers. */
  public Attempts withChoice(Choice choice) {
    return with(fields -> fields.choice = choice);
  }

  /** Returns these attempts, given up or not once one attempt's answer verifies. */
  public Attempts withFirstFound(boolean first) {
    return with(fields -> fields.firstFound = first);
  }

  /**
   * Returns these attempts with or without another form of the puzzle for each but the first: it
   * sees the puzzle under a symmetry of its domain, and its drafts are turned back before anybody
   * sees them. Where a domain lists its symmetries (a square maze has eight) attempts take them in
   * order, again from the first after the last; else each draws one. Needs a domain with {@link
   * Symmetry.Family}.
   */
  public Attempts withSymmetries(boolean other) {
    return with(fields -> fields.symmetries = other);
  }

  /** Returns these attempts with noise on those latent states only; empty for all. */
  public Attempts withNoisyStates(List<String> states) {
    return with(fields -> fields.noisyStates = List.copyOf(states));
  }

  /**
   * Returns these attempts with noise before those supervision steps only, such as the first four;
   * before all of them unless this is called.
   *
   * @param first supervision step, at least 1
   * @param last supervision step, at least {@code first}
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Attempts withNoisySteps(int first, int last) {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "attempts: noise before steps %s to %s, expected 1 or more, and no end before the start"
              .formatted(first, last));
    }
    return with(fields -> fields.noisySteps = new Span(first, last));
  }

  /** Returns these attempts with another window of {@link Choice#LOGIT_CHANGE}, at least 1. */
  public Attempts withWindow(int steps) {
    return with(fields -> fields.window = steps);
  }

  /** Returns the key of an attempt: of the puzzle itself, not of its place among others. */
  long key(Puzzle puzzle, int attempt) {
    long hash = puzzle.puzzleIdentifier();
    for (int token : puzzle.tokens()) {
      hash = GaussianNoise.key(hash, token, 0);
    }
    return GaussianNoise.key(values.seed, hash, attempt);
  }

  /** Returns the seed of the noise before a step; not the key, whose draws are the plan's. */
  long noiseSeed(Puzzle puzzle, int attempt, int step) {
    return GaussianNoise.key(key(puzzle, attempt), step, 1);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Attempts other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "Attempts" + values.toString().substring("Values".length());
  }
}
