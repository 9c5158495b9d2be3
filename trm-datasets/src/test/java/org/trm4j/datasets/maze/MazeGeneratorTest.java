package org.trm4j.datasets.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.SplitBySymmetry;
import org.trm4j.datasets.support.Dihedral;

class MazeGeneratorTest {

  @ParameterizedTest
  @CsvSource({"5, 3, 25, 0", "7, 10, 20, 0", "11, 15, 40, 5", "30, 110, 150, 0", "30, 110, 900, 1"})
  void everyPathIsShortestAndOfTheLengthAskedFor(int size, int min, int max, int loops) {
    MazeShape shape = new MazeShape(size);
    SplitBySymmetry.Splits splits = new MazeGenerator(shape, min, max, loops, 3).generate(20, 5);
    assertThat(splits.train()).hasSize(20);
    assertThat(splits.test()).hasSize(5);
    MazeVerifier verifier = new MazeVerifier(shape);
    for (Example maze : Stream.concat(splits.train().stream(), splits.test().stream()).toList()) {
      assertThat(verifier.verify(maze.tokens(), maze.labels()).detail()).isEmpty();
      long steps = 1;
      for (int token : maze.labels()) {
        steps += token == MazeShape.PATH ? 1 : 0;
      }
      assertThat(steps).isBetween((long) min, (long) max);
    }
  }

  @Test
  void noTestMazeIsATrainingMazeUnderAnySymmetry() {
    MazeShape shape = new MazeShape(4);
    MazeSymmetryKey symmetry = new MazeSymmetryKey(shape);
    SplitBySymmetry.Splits splits = new MazeGenerator(shape, 3, 16, 0, 5).generate(300, 60);
    Set<String> training = new HashSet<>();
    splits.train().forEach(maze -> training.add(symmetry.key(maze.tokens())));
    assertThat(splits.test()).noneMatch(maze -> training.contains(symmetry.key(maze.tokens())));
  }

  @Test
  void symmetriesKeepTheKeyAndTheAnswerRight() {
    MazeShape shape = new MazeShape(9);
    MazeSymmetryKey symmetry = new MazeSymmetryKey(shape);
    List<Example> mazes = new MazeGenerator(shape, 10, 81, 5, 2).generate(10, 0).train();
    for (Example maze : mazes) {
      Set<String> forms = new HashSet<>();
      for (int number = 0; number < Dihedral.COUNT; number++) {
        Symmetry turn = new MazeSymmetries(shape).all(maze.tokens()).get(number);
        Example other = turn.apply(maze);
        assertThat(symmetry.key(other.tokens())).isEqualTo(symmetry.key(maze.tokens()));
        assertThat(new MazeVerifier(shape).verify(other.tokens(), other.labels()).correct())
            .isTrue();
        assertThat(turn.inverse().apply(other.tokens())).isEqualTo(maze.tokens());
        forms.add(new MazeCodec(shape).decode(other.tokens()));
      }
      assertThat(forms).hasSize(8);
    }
  }

  @Test
  void saysThatThereIsNoSuchMaze() {
    assertThatThrownBy(() -> new MazeGenerator(new MazeShape(5), 24, 25, 0, 1).generate(1, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("24 to 25 steps")
        .hasMessageContaining("size 5");
  }
}
