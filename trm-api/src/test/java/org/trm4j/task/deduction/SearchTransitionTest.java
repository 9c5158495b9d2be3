package org.trm4j.task.deduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.task.spi.Transition;

/** The search against a reference that keeps states in lists and follows the description. */
class SearchTransitionTest {
  private static final int CELLS = 6;
  private static final int WIDTH = 4;
  private static final float ALARM = 1;
  private static final float SURE_ALARM = 6;

  private static final class Puzzle implements Transition.Episode {
    final boolean training;
    int step;

    Puzzle(boolean training) {
      this.training = training;
    }

    @Override
    public int[] question() {
      return new int[] {0, 0, 2, 0, 0, 0};
    }

    @Override
    public int step() {
      return step;
    }

    @Override
    public boolean training() {
      return training;
    }

    @Override
    public int[] answer() {
      return new int[] {1, 2, 2, 3, 1, 3};
    }

    @Override
    public RandomGenerator random() {
      return new SplittableRandom(1);
    }
  }

  private static DeductionRule rule(int looks) {
    return new DeductionRule(0.01, 0.5, 1, 0, 0, 0, looks);
  }

  private static DeductionTransition single(int looks) {
    return new DeductionTransition(rule(looks), new SmallValues(), WIDTH);
  }

  private static SearchTransition search(int frontier, int looks, double branchBelow) {
    return new SearchTransition(
        rule(looks), new SearchRule(frontier, branchBelow, 40), single(looks), WIDTH);
  }

  /** A network of which nothing is known but that it answers the same state the same. */
  private record Network(long seed, double alarms) {
    Map<String, float[]> logits(float[] state) {
      long bits = seed;
      for (float possible : state) {
        bits = 2 * bits + (possible > 0 ? 1 : 0);
      }
      SplittableRandom random = new SplittableRandom(bits);
      float[] keep = new float[state.length];
      float[] value = new float[state.length];
      for (int i = 0; i < state.length; i++) {
        keep[i] = random.nextDouble() < 0.04 ? -9 : 9;
        value[i] = (float) (6 * random.nextDouble());
      }
      float conflict = (float) -random.nextDouble(0.1, 8);
      if (random.nextDouble() < alarms) {
        conflict = random.nextDouble() < 0.5 ? SURE_ALARM : ALARM + conflict / 9;
      }
      return Map.of(
          DeductionTask.KEEP, keep,
          DeductionTask.VALUE, value,
          DeductionTask.CONFLICT, new float[] {conflict});
    }
  }

  /** A state of the reference. */
  private static final class State {
    float[] sets;
    double conflict;
    boolean dropped;
    boolean alarming;
    int cell;
    List<Integer> values = new ArrayList<>();

    State(float[] sets) {
      this.sets = sets.clone();
    }
  }

  /** Returns the states that the network is shown, one a step, then an answer or none. */
  private static List<float[]> reference(
      float[] start, Network network, int frontier, int looks, double branchBelow, int limit) {
    List<float[]> shown = new ArrayList<>();
    List<State> fresh = new ArrayList<>(List.of(new State(start)));
    List<State> waiting = new ArrayList<>();
    Comparator<State> contradictory = Comparator.comparingDouble(state -> state.conflict);
    while (!fresh.isEmpty()) {
      for (State state : fresh) {
        for (int look = 1; look <= looks && !state.dropped && !state.alarming; look++) {
          if (shown.size() == limit) {
            return shown;
          }
          shown.add(state.sets.clone());
          if (look(state, network, look == looks, branchBelow)) {
            shown.add(state.sets);
            return shown;
          }
        }
        if (!state.dropped) {
          waiting.add(state);
        }
        if (waiting.size() > frontier) {
          waiting.remove(Collections.max(waiting, contradictory));
        }
      }
      fresh.clear();
      if (!waiting.isEmpty()) {
        State best = Collections.min(waiting, contradictory);
        waiting.remove(best);
        best.values.forEach(value -> fresh.add(new State(decided(best, value))));
      }
    }
    return shown;
  }

  /** Lets the network look at a state; returns whether it is solved. */
  private static boolean look(State state, Network network, boolean last, double branchBelow) {
    Map<String, float[]> logits = network.logits(state.sets);
    float[] value = logits.get(DeductionTask.VALUE);
    float conflict = logits.get(DeductionTask.CONFLICT)[0];
    eliminate(state.sets, logits);
    state.alarming = conflict > 0;
    state.dropped = 1 / (1 + Math.exp(-conflict)) >= branchBelow && state.alarming;
    double best = 0;
    double narrow = 0;
    double surer = 0;
    int surest = -1;
    int narrowest = -1;
    for (int cell = 0; cell < CELLS; cell++) {
      List<Integer> left = left(state.sets, cell);
      state.dropped |= left.isEmpty();
      if (left.size() > 1) {
        left = likeliestFirst(state.sets, value, cell);
        double sure = together(state.sets, value, cell, left.subList(0, 1));
        double both = together(state.sets, value, cell, left.subList(0, 2));
        boolean equal = Math.abs(both - narrow) <= 1e-12;
        if (equal ? sure > surer : both > narrow) {
          surer = sure;
          narrow = both;
          narrowest = cell;
        }
        if (sure > best) {
          best = sure;
          surest = cell;
        }
      }
    }
    state.dropped |= surest < 0 && state.alarming;
    if (surest < 0 || state.dropped) {
      return !state.dropped;
    }
    state.conflict = conflict;
    state.cell = best >= branchBelow ? surest : narrowest;
    List<Integer> likely = likeliestFirst(state.sets, value, state.cell);
    int count = 1;
    while (count < Math.min(3, likely.size())
        && together(state.sets, value, state.cell, likely.subList(0, count)) < branchBelow) {
      count++;
    }
    state.values = likely.subList(0, count);
    if (!last && !state.alarming && best >= branchBelow) {
      state.sets = decided(state, state.values.getFirst());
    }
    return false;
  }

  private static List<Integer> likeliestFirst(float[] sets, float[] value, int cell) {
    List<Integer> left = left(sets, cell);
    left.sort(Comparator.comparingDouble(v -> -value[cell * WIDTH + v]));
    return left;
  }

  private static double together(float[] sets, float[] value, int cell, List<Integer> values) {
    ToDoubleFunction<List<Integer>> sum =
        of -> of.stream().mapToDouble(v -> Math.exp(value[cell * WIDTH + v])).sum();
    return sum.applyAsDouble(values) / sum.applyAsDouble(left(sets, cell));
  }

  /** Cell 2 is given. */
  private static void eliminate(float[] sets, Map<String, float[]> logits) {
    for (int i = 0; i < sets.length; i++) {
      if (logits.get(DeductionTask.KEEP)[i] < 0 && i / WIDTH != 2) {
        sets[i] = 0;
      }
    }
  }

  private static float[] decided(State state, int value) {
    float[] sets = state.sets.clone();
    Arrays.fill(sets, state.cell * WIDTH, (state.cell + 1) * WIDTH, 0);
    sets[state.cell * WIDTH + value] = 1;
    return sets;
  }

  private static List<Integer> left(float[] sets, int cell) {
    List<Integer> left = new ArrayList<>();
    for (int v = 0; v < WIDTH; v++) {
      if (sets[cell * WIDTH + v] > 0) {
        left.add(v);
      }
    }
    return left;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0.9", "1, 3, 0.9", "2, 2, 0.7", "4, 3, 0.9", "4, 1, 0.99", "8, 2, 0.6"})
  void showsWhatTheDescriptionSays(int frontier, int looks, double branchBelow) {
    Puzzle puzzle = new Puzzle(false);
    float[] start = single(looks).begin(puzzle);
    int solved = 0;
    int ended = 0;
    for (int seed = 0; seed < 200; seed++) {
      Network network = new Network(seed, 0.25);
      List<float[]> expected = reference(start, network, frontier, looks, branchBelow, 1_000);
      Transition transition = search(frontier, looks, branchBelow);
      float[] memory = transition.begin(puzzle);
      int length = memory.length;
      for (int step = 0; ; step++) {
        float[] shown = transition.present(memory, puzzle).inputs().get("sets");
        assertThat(shown).as("seed %s, step %s", seed, step).isEqualTo(expected.get(step));
        float[] before = memory.clone();
        Map<String, float[]> logits = network.logits(shown);
        puzzle.step = step + 1;
        Transition.Outcome outcome =
            transition.next(memory, head -> logits.get(head).clone(), puzzle);
        assertThat(memory).isEqualTo(before);
        if (outcome instanceof Transition.Outcome.Done(int[] draft)) {
          assertThat(expected).hasSize(step + 2);
          for (int cell = 0; cell < CELLS; cell++) {
            assertThat(left(expected.getLast(), cell)).containsExactly(draft[cell]);
          }
          solved++;
          break;
        }
        if (outcome instanceof Transition.Outcome.Restart) {
          assertThat(expected).hasSize(step + 1);
          ended++;
          break;
        }
        memory = ((Transition.Outcome.Continue) outcome).memory();
        assertThat(memory).hasSize(length);
      }
    }
    assertThat(solved).isGreaterThan(20);
    assertThat(ended).isGreaterThan(5);
  }

  /** Every state is looked at from fresh latent states, under a symmetry of its own. */
  @Test
  void turnsAtEveryNewState() {
    int looks = 3;
    Transition transition = search(4, looks, 0.9);
    Puzzle puzzle = new Puzzle(false);
    for (int seed = 0; seed < 50; seed++) {
      Network network = new Network(seed, 0.3);
      float[] memory = transition.begin(puzzle);
      int since = 0;
      for (puzzle.step = 1; ; puzzle.step++) {
        float[] shown = transition.present(memory, puzzle).inputs().get("sets");
        Map<String, float[]> logits = network.logits(shown);
        Transition.Outcome outcome =
            transition.next(memory, head -> logits.get(head).clone(), puzzle);
        if (!(outcome instanceof Transition.Outcome.Continue(int[] draft, float[] next))) {
          break;
        }
        memory = next;
        float[] then = transition.present(memory, puzzle).inputs().get("sets");
        boolean grows = false;
        for (int i = 0; i < then.length; i++) {
          grows |= then[i] > shown[i];
        }
        boolean alarmed = logits.get(DeductionTask.CONFLICT)[0] > 0;
        since = alarmed || since + 1 == looks || emptied(shown, logits) ? 0 : since + 1;
        assertThat(transition.stepsSinceTurn(memory, puzzle)).isEqualTo(since);
        // A state with values that the one before has lost is another one.
        assertThat(grows && since > 0).isFalse();
      }
    }
  }

  private static boolean emptied(float[] shown, Map<String, float[]> logits) {
    float[] left = shown.clone();
    eliminate(left, logits);
    for (int cell = 0; cell < CELLS; cell++) {
      if (left(left, cell).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** Training sees no search: the same memory, targets and outcome as without one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void trainingIsThatOfASingleState(long seed) {
    Transition search = search(4, 3, 0.9);
    Transition single = single(3);
    Puzzle puzzle = new Puzzle(true);
    float[] memory = single.begin(puzzle);
    assertThat(search.begin(puzzle)).isEqualTo(memory);
    Map<String, float[]> logits = new Network(seed, 0).logits(memory);
    puzzle.step = 4;
    Transition.Outcome expected = single.next(memory, head -> logits.get(head).clone(), puzzle);
    Transition.Outcome found = search.next(memory, head -> logits.get(head).clone(), puzzle);
    assertThat(found.draft()).isEqualTo(expected.draft());
    assertThat(((Transition.Outcome.Continue) found).memory())
        .isEqualTo(((Transition.Outcome.Continue) expected).memory());
    assertThat(search.present(memory, puzzle).targets())
        .containsOnlyKeys(single.present(memory, puzzle).targets().keySet());
    assertThat(search.symmetrySteps()).isEqualTo(3);
    assertThat(search.stepsSinceTurn(memory, puzzle)).isEqualTo(1);
  }

  @Test
  void refusesWhatCannotBeSearched() {
    PolicyArguments arguments = new DeductionProvider().defaults();
    assertThatThrownBy(() -> SearchRule.of(arguments.and("frontier", -1), rule(3)))
        .hasMessage("deduction: frontier is -1, expected a number of states from 0 to 1000");
    assertThatThrownBy(() -> SearchRule.of(arguments.and("frontier", 1_001), rule(3)))
        .hasMessage("deduction: frontier is 1001, expected a number of states from 0 to 1000");
    assertThatThrownBy(() -> SearchRule.of(arguments.and("frontier", 4), rule(0)))
        .hasMessageContaining("frontier is 4 and symmetrySteps 0, expected symmetrySteps of 1");
    assertThatThrownBy(() -> SearchRule.of(arguments.and("branchBelow", Double.NaN), rule(3)))
        .hasMessage("deduction: branchBelow is NaN, expected more than 0 and less than 1");
    assertThatThrownBy(() -> SearchRule.of(arguments.and("usualSteps", 0), rule(3)))
        .hasMessage("deduction: usualSteps is 0, expected a number of steps, 1 or more");
  }
}
