package org.trm4j.datasets.sudoku;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.SplitBySymmetry;

class SudokuGeneratorTest {

  @ParameterizedTest
  @CsvSource({"4, 4, 8", "6, 8, 16", "9, 26, 34"})
  void everyPuzzleHasExactlyOneSolutionAndItIsTheLabel(int size, int min, int max) {
    SudokuShape shape = SudokuShape.of(size);
    SplitBySymmetry.Splits splits = new SudokuGenerator(shape, min, max, 5).generate(40, 10);
    assertThat(splits.train()).hasSize(40);
    assertThat(splits.test()).hasSize(10);
    for (List<Example> split : List.of(splits.train(), splits.test())) {
      for (Example example : split) {
        SudokuSolver solver = new SudokuSolver(shape, example.tokens(), null);
        assertThat(solver.count(2)).isEqualTo(1);
        assertThat(solver.solution()).isEqualTo(example.labels());
        assertThat(new SudokuVerifier(shape).verify(example.tokens(), example.labels()).correct())
            .isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"4", "6"})
  void noTestPuzzleIsATrainingPuzzleUnderAnySymmetry(int size) {
    SudokuShape shape = SudokuShape.of(size);
    SplitBySymmetry.Splits splits =
        new SudokuGenerator(shape, size == 4 ? 4 : 8, size == 4 ? 8 : 16, 5).generate(300, 60);
    Set<String> training = new HashSet<>();
    SudokuSymmetryKey symmetry = new SudokuSymmetryKey(shape);
    splits.train().forEach(example -> training.add(symmetry.key(example.tokens())));
    assertThat(splits.test())
        .noneMatch(example -> training.contains(symmetry.key(example.tokens())));
  }

  @ParameterizedTest
  @CsvSource({"4", "6", "9", "16"})
  void symmetricPuzzlesShareTheirKey(int size) {
    SudokuShape shape = SudokuShape.of(size);
    int[] bounds = size == 16 ? new int[] {170, 180} : new int[] {size * 2 + 4, size * size - 2};
    Example puzzle =
        new SudokuGenerator(shape, bounds[0], bounds[1], 9).generate(1, 0).train().getFirst();
    SudokuSymmetryKey symmetry = new SudokuSymmetryKey(shape);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20; i++) {
      Example other = new SudokuSymmetries(shape).draw(puzzle.tokens(), random).apply(puzzle);
      assertThat(symmetry.same(other.tokens(), puzzle.tokens())).isTrue();
      assertThat(new SudokuVerifier(shape).verify(other.tokens(), other.labels()).correct())
          .isTrue();
    }
  }

  @Test
  void differentPuzzlesHaveDifferentKeys() {
    SudokuSymmetryKey symmetry = new SudokuSymmetryKey(SudokuShape.of(4));
    SudokuCodec codec = new SudokuCodec(SudokuShape.of(4));
    assertThat(symmetry.key(codec.encode("12..34..........")))
        .isNotEqualTo(symmetry.key(codec.encode("1...34..2.......")));
  }

  /** A key that is only an invariant does not make different puzzles the same. */
  @Test
  void differentPuzzlesOfOneKeyAreNotTheSame() {
    SudokuShape shape = SudokuShape.of(9);
    SudokuSymmetryKey symmetry = new SudokuSymmetryKey(shape);
    int[] one = new int[81];
    Arrays.fill(one, SudokuShape.BLANK);
    // Two digits twice each, once at the corners of a rectangle, once along its sides.
    int[] other = one.clone();
    one[0] = 2;
    one[30] = 2;
    one[3] = 3;
    one[27] = 3;
    other[0] = 2;
    other[30] = 3;
    other[3] = 3;
    other[27] = 2;
    assertThat(symmetry.key(one)).isEqualTo(symmetry.key(other));
    assertThat(symmetry.same(one, other)).isFalse();
    assertThat(symmetry.same(one, one)).isTrue();
  }

  @Test
  void theSameSeedGivesTheSamePuzzles() {
    SudokuShape shape = SudokuShape.of(4);
    List<Example> first = new SudokuGenerator(shape, 4, 8, 1).generate(20, 5).train();
    List<Example> second = new SudokuGenerator(shape, 4, 8, 1).generate(20, 5).train();
    List<Example> other = new SudokuGenerator(shape, 4, 8, 2).generate(20, 5).train();
    assertThat(text(first)).isEqualTo(text(second)).isNotEqualTo(text(other));
  }

  private static List<String> text(List<Example> examples) {
    return examples.stream().map(example -> Arrays.toString(example.tokens())).toList();
  }

  /** Lists that runs were begun on come out the same in every version: a resume needs them. */
  @ParameterizedTest
  @CsvSource({"4, 4, 8, -115407539", "6, 8, 16, -284016764", "9, 22, 30, -1267537794"})
  void listsNeverChange(int size, int min, int max, int hash) {
    SplitBySymmetry.Splits splits =
        new SudokuGenerator(SudokuShape.of(size), min, max, 1).generate(50, 20);
    assertThat((text(splits.train()) + "" + text(splits.test())).hashCode()).isEqualTo(hash);
  }
}
