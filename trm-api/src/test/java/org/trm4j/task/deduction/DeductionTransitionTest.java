package org.trm4j.task.deduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.task.spi.Transition;

/**
 * What deduction does between steps besides the rule itself: it waits, and in training gives up.
 */
class DeductionTransitionTest {
  private static final int WIDTH = 3;
  private static final int[] QUESTION = {0, 0, 0, 0};
  private static final int[] ANSWER = {1, 2, 1, 2};
  private static final int STATE = QUESTION.length * WIDTH;

  private record Puzzle(boolean training, long seed) implements Transition.Episode {
    @Override
    public int[] question() {
      return QUESTION;
    }

    @Override
    public int step() {
      return 0;
    }

    @Override
    public int[] answer() {
      return ANSWER;
    }

    @Override
    public RandomGenerator random() {
      return new SplittableRandom(seed);
    }
  }

  private static Transition transition(int quiet, double abandon) {
    return new DeductionTransition(
        new DeductionRule(0.1, 0.5, 1, 0, quiet, abandon, 0), new SmallValues(), WIDTH);
  }

  /** Logits that keep every value but some, are sure of no value, and see no contradiction. */
  private static Transition.Outputs without(int... eliminated) {
    float[] keep = new float[STATE];
    Arrays.fill(keep, 9);
    Arrays.stream(eliminated).forEach(at -> keep[at] = -9);
    Map<String, float[]> logits =
        Map.of(
            DeductionTask.KEEP, keep,
            DeductionTask.VALUE, new float[STATE],
            DeductionTask.CONFLICT, new float[] {-9});
    return head -> logits.get(head).clone();
  }

  private static int possible(Transition transition, float[] memory, Transition.Episode episode) {
    float[] sets = transition.present(memory, episode).inputs().get("sets");
    assertThat(sets).hasSize(STATE);
    int sum = 0;
    for (float value : sets) {
      sum += value > 0 ? 1 : 0;
    }
    return sum;
  }

  private static float[] next(
      Transition transition,
      float[] memory,
      Transition.Outputs outputs,
      Transition.Episode puzzle) {
    Transition.Outcome outcome = transition.next(memory, outputs, puzzle);
    assertThat(outcome).isInstanceOf(Transition.Outcome.Continue.class);
    float[] after = ((Transition.Outcome.Continue) outcome).memory();
    assertThat(after).hasSameSizeAs(memory);
    return after;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aDecisionWaitsForQuietSteps(int quiet) {
    Transition transition = transition(quiet, 0);
    Puzzle puzzle = new Puzzle(false, 5);
    float[] memory = transition.begin(puzzle);
    assertThat(possible(transition, memory, puzzle)).isEqualTo(8);

    memory = next(transition, memory, without(1), puzzle);
    assertThat(possible(transition, memory, puzzle)).isEqualTo(quiet == 0 ? 6 : 7);
    if (quiet == 0) {
      return;
    }
    for (int wait = 1; wait < quiet; wait++) {
      memory = next(transition, memory, without(), puzzle);
      assertThat(possible(transition, memory, puzzle)).isEqualTo(7);
    }
    memory = next(transition, memory, without(), puzzle);
    assertThat(possible(transition, memory, puzzle)).as("decided").isEqualTo(6);

    // The wait begins again after a decision, and after an elimination.
    int open = open(transition, memory, puzzle);
    memory = next(transition, memory, without(open), puzzle);
    assertThat(possible(transition, memory, puzzle)).isEqualTo(5);
    for (int wait = 1; wait < quiet; wait++) {
      memory = next(transition, memory, without(), puzzle);
      assertThat(possible(transition, memory, puzzle)).isEqualTo(5);
    }
    memory = next(transition, memory, without(), puzzle);
    assertThat(possible(transition, memory, puzzle)).as("decided").isEqualTo(4);
  }

  /** Returns where the first cell with two possible values has the first of them. */
  private static int open(Transition transition, float[] memory, Transition.Episode episode) {
    float[] sets = transition.present(memory, episode).inputs().get("sets");
    for (int at = 1; at < STATE; at += WIDTH) {
      if (sets[at] > 0 && sets[at + 1] > 0) {
        return at;
      }
    }
    throw new AssertionError("no open cell");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void trainingGivesUpLostStatesByChance(double chance) {
    Transition transition = transition(1, chance);
    // The first cell loses the value of the answer.
    Transition.Outputs unsound = without(1);
    int ended = 0;
    int times = 4_000;
    for (int seed = 0; seed < times; seed++) {
      Puzzle puzzle = new Puzzle(true, seed);
      ended +=
          transition.next(transition.begin(puzzle), unsound, puzzle)
                  instanceof Transition.Outcome.Restart
              ? 1
              : 0;
    }
    assertThat((double) ended / times).isCloseTo(chance, within(chance % 1 == 0 ? 0 : 0.03));
  }

  @Test
  void onlyTrainingGivesUpAndOnlyLostStates() {
    Transition transition = transition(1, 1);
    Puzzle solved = new Puzzle(false, 1);
    next(transition, transition.begin(solved), without(1), solved);
    Puzzle trained = new Puzzle(true, 1);
    next(transition, transition.begin(trained), without(2), trained);
  }
}
