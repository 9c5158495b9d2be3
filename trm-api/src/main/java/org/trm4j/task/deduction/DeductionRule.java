package org.trm4j.task.deduction;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.trm4j.recursion.spi.PolicyArguments;

/**
 * The rule outside the network (arXiv 2605.08605): it removes possible values that the model would
 * not keep, except in given cells. Then, if nothing is wrong and a cell is still open, one open
 * cell takes one of its values.
 *
 * <p>{@code quiet} and {@code abandon} are ours. A network that looks at a puzzle for longer before
 * it guesses guesses better; and in training most states of hard puzzles would be lost ones, of
 * which there is little to learn. The published recipe has another symmetry after every step; ours
 * keeps latent states from step to step, and so keeps a form for as long.
 *
 * @param eliminateBelow values whose probability to stay is less go
 * @param conflictAbove a probability of contradiction of more ends the attempt; in a search, the
 *     looks at the state
 * @param temperature of the softmax that a decision draws from
 * @param confidence the chance of an open cell to be the one that is decided is proportional to the
 *     probability of its likeliest value to this power: 0 for equal chances, a large number for the
 *     surest cell
 * @param quiet a cell is decided after this many steps in a row that eliminated nothing; 0 decides
 *     one after every step
 * @param abandon in training, the chance at each step that an attempt whose state has lost the
 *     answer ends although the model has not noticed
 * @param symmetrySteps a puzzle is shown under another symmetry after every so many steps; 0 for
 *     never
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record DeductionRule(
    double eliminateBelow,
    double conflictAbove,
    double temperature,
    double confidence,
    int quiet,
    double abandon,
    int symmetrySteps) {
  /** The published thresholds and draws, for one form of a puzzle. */
  public static final DeductionRule PUBLISHED = new DeductionRule(0.1, 0.5, 1.5, 0, 0, 0, 0);

  /** Checks the numbers. */
  public DeductionRule {
    between("eliminateBelow", eliminateBelow);
    between("conflictAbove", conflictAbove);
    if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "deduction: temperature is %s, expected a finite number of more than 0"
              .formatted(temperature));
    }
    if (!(confidence >= 0 && confidence < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "deduction: confidence is %s, expected a finite number of 0 or more"
              .formatted(confidence));
    }
    if (quiet < 0) {
      throw new IllegalArgumentException(
          "deduction: quiet is %s, expected a number of steps, 0 or more".formatted(quiet));
    }
    if (!(abandon >= 0 && abandon <= 1)) {
      throw new IllegalArgumentException(
          "deduction: abandon is %s, expected a chance from 0 to 1".formatted(abandon));
    }
    if (symmetrySteps < 0) {
      throw new IllegalArgumentException(
          "deduction: symmetrySteps is %s, expected a number of steps, 0 or more"
              .formatted(symmetrySteps));
    }
  }

  /** Returns policy arguments with those of this rule beside them. */
  public PolicyArguments beside(PolicyArguments arguments) {
    return arguments
        .and("eliminateBelow", eliminateBelow)
        .and("conflictAbove", conflictAbove)
        .and("temperature", temperature)
        .and("confidence", confidence)
        .and("quiet", quiet)
        .and("abandon", abandon)
        .and("symmetrySteps", symmetrySteps);
  }

  /** Returns the rule that arguments like those of {@link #beside} ask for. */
  public static DeductionRule of(PolicyArguments arguments) {
    return new DeductionRule(
        arguments.number("eliminateBelow"),
        arguments.number("conflictAbove"),
        arguments.number("temperature"),
        arguments.number("confidence"),
        arguments.get("quiet"),
        arguments.number("abandon"),
        arguments.get("symmetrySteps"));
  }

  static void between(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "deduction: %s is %s, expected more than 0 and less than 1".formatted(name, value));
    }
  }

  /**
   * The result of the rule for a state.
   *
   * @param eliminated the state without the eliminated values, [S, V]
   * @param decided the same after the decision; the same array where none was made
   * @param cell that was decided; -1 for none
   * @param conflict whether a cell is empty or the model says that the answer is lost
   * @param solved whether every cell has one value, without conflict
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers are arrays throughout
  public record Result(
      float[] eliminated, float[] decided, int cell, boolean conflict, boolean solved) {}

  /**
   * Applies it.
   *
   * @param state [S, V], 1 for a possible value; left as it is
   * @param given for each cell whether the question gives it
   * @param keep [S, V] logits
   * @param value [S, V] logits
   * @param conflict logit
   */
  public Result apply(
      float[] state,
      boolean[] given,
      float[] keep,
      float[] value,
      float conflict,
      RandomGenerator random) {
    int width = state.length / given.length;
    Left left = eliminate(state, given, keep);
    boolean wrong = left.empty() || conflicts(conflict);
    if (wrong || left.open() == 0) {
      return new Result(left.state(), left.state(), -1, wrong, !wrong);
    }
    float[] decided = left.state().clone();
    Decision decision = new Decision(left.state(), value, width, random);
    int cell = decision.cell(left.open(), confidence);
    int choice = decision.value(cell, temperature);
    for (int i = 0; i < width; i++) {
      decided[cell * width + i] = i == choice ? 1 : 0;
    }
    return new Result(left.state(), decided, cell, false, false);
  }

  /**
   * What is left of a state after a step.
   *
   * @param state [S, V]
   * @param empty whether a cell has no value left
   * @param open cells with several values
   */
  @SuppressWarnings("ArrayRecordComponent") // numbers are arrays throughout
  record Left(float[] state, boolean empty, int open) {}

  /** Eliminates; the state stays as it is. */
  Left eliminate(float[] state, boolean[] given, float[] keep) {
    int width = state.length / given.length;
    float[] left = state.clone();
    boolean empty = false;
    int open = 0;
    for (int cell = 0; cell < given.length; cell++) {
      int count = 0;
      for (int at = cell * width; at < (cell + 1) * width; at++) {
        if (!given[cell] && sigmoid(keep[at]) < eliminateBelow) {
          left[at] = 0;
        }
        count += left[at] > 0 ? 1 : 0;
      }
      empty |= count == 0;
      open += count > 1 ? 1 : 0;
    }
    return new Left(left, empty, open);
  }

  /** Returns whether a logit says that the answer is lost. */
  boolean conflicts(float logit) {
    return sigmoid(logit) > conflictAbove;
  }

  static double sigmoid(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }
}
