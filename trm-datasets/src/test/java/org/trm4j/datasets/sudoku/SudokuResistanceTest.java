package org.trm4j.datasets.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;

/** Puzzles that a single assumption does not open, and the search for them. */
class SudokuResistanceTest {
  private static final SudokuShape NINE = SudokuShape.of(9);

  @ParameterizedTest
  @CsvSource({
    "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79, 0, 0",
    "1....7.9..3..2...8..96..5....53..9...1..8...26....4...3......1..4......7..7...3.., 1, 240",
    // A column whose 2 and 3 have one and the same place contradicts itself.
    "3...2...452..7..6......1...2..61.9....4.93....5........8..3.......7..8.6.17....9., 0, 0"
  })
  void isThatOfTheDefinition(String text, int least, int most) {
    int[] puzzle = new SudokuCodec(NINE).encode(text);
    int defined = defined(puzzle);
    SudokuResistance resistance = new SudokuResistance(NINE);
    assertThat(resistance.of(puzzle)).isEqualTo(defined).isBetween(least, most);
    assertThat(resistance.of(puzzle, defined)).isEqualTo(defined);
    assertThat(resistance.of(puzzle, defined + 1)).isEqualTo(SudokuResistance.LESS);
  }

  @Test
  void aPuzzleWithoutSolutionIsRefused() {
    int[] puzzle = new int[NINE.cells()];
    Arrays.fill(puzzle, SudokuShape.BLANK);
    puzzle[0] = 2;
    puzzle[1] = 2;
    assertThatThrownBy(() -> new SudokuResistance(NINE).of(puzzle))
        .hasMessage("resistance: the puzzle has no solution");
  }

  @Test
  void theSearchFindsPuzzlesThatResist() {
    SudokuGenerator.Limits limits =
        new SudokuGenerator.Limits(22, 28, Integer.MIN_VALUE, Integer.MAX_VALUE, 60);
    List<Example> found = new SudokuGenerator(NINE, limits, 4).generate(12, 3).train();
    Set<String> different = new TreeSet<>();
    for (Example puzzle : found) {
      assertThat(new SudokuResistance(NINE).of(puzzle.tokens()))
          .isEqualTo(defined(puzzle.tokens()))
          .isGreaterThanOrEqualTo(60);
      SudokuSearch search = new SudokuSearch(NINE);
      assertThat(search.count(puzzle.tokens(), 2, Long.MAX_VALUE)).isEqualTo(1);
      assertThat(search.first()).isEqualTo(puzzle.labels());
      different.add(Arrays.toString(puzzle.tokens()));
    }
    assertThat(different).hasSize(12);
    List<Example> again = new SudokuGenerator(NINE, limits, 4).generate(12, 3).train();
    assertThat(again.stream().map(puzzle -> Arrays.toString(puzzle.tokens())))
        .containsExactlyInAnyOrderElementsOf(different);
  }

  @Test
  void puzzlesWithoutEndHaveNoResistance() {
    assertThatThrownBy(
            () -> new SudokuProvider().generate(Map.of("train", "endless", "minResistance", "9")))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "data set sudoku: option minResistance is for a number of puzzles, and train is endless: write them once with trm data generate");
    // What trm data generate does.
    Map<String, String> some = Map.of("train", "2", "test", "0", "minResistance", "9");
    try (Dataset dataset = new SudokuProvider().generate(some)) {
      assertThat(dataset.split("train").size()).isEqualTo(2);
    }
  }

  /** The definition, word by word, with sets. */
  private static int defined(int[] puzzle) {
    List<Set<Integer>> now = closed(candidates(puzzle));
    assertThat(now).isNotNull();
    List<Set<Integer>> after = new ArrayList<>();
    for (int cell = 0; cell < puzzle.length; cell++) {
      Set<Integer> left = new TreeSet<>(now.get(cell));
      if (left.size() > 1) {
        for (int digit : now.get(cell)) {
          List<Set<Integer>> assumed = new ArrayList<>(now);
          assumed.set(cell, Set.of(digit));
          if (closed(assumed) == null) {
            left.remove(digit);
          }
        }
      }
      after.add(left);
    }
    List<Set<Integer>> end = closed(after);
    assertThat(end).isNotNull();
    return end.stream().mapToInt(Set::size).filter(size -> size > 1).sum();
  }

  private static List<Set<Integer>> candidates(int[] puzzle) {
    List<Set<Integer>> candidates = new ArrayList<>();
    for (int token : puzzle) {
      Set<Integer> digits = new TreeSet<>();
      for (int digit = 1; digit <= 9; digit++) {
        if (token == SudokuShape.BLANK || token == digit + 1) {
          digits.add(digit);
        }
      }
      candidates.add(digits);
    }
    return candidates;
  }

  /** Applies both rules of singles until nothing changes; null at a contradiction. */
  private static @Nullable List<Set<Integer>> closed(List<Set<Integer>> from) {
    List<Set<Integer>> now = new ArrayList<>();
    from.forEach(set -> now.add(new TreeSet<>(set)));
    SudokuUnits units = SudokuUnits.of(NINE);
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int cell = 0; cell < now.size(); cell++) {
        if (now.get(cell).isEmpty()) {
          return null;
        }
        if (now.get(cell).size() == 1) {
          for (int peer : units.peers[cell]) {
            changed |= now.get(peer).removeAll(now.get(cell));
          }
        }
      }
      for (int[] unit : units.units) {
        for (int digit = 1; digit <= 9; digit++) {
          List<Integer> places = new ArrayList<>();
          for (int cell : unit) {
            if (now.get(cell).contains(digit)) {
              places.add(cell);
            }
          }
          if (places.isEmpty()) {
            return null;
          }
          if (places.size() == 1) {
            changed |= now.get(places.getFirst()).retainAll(Set.of(digit));
          }
        }
      }
    }
    return now;
  }
}
