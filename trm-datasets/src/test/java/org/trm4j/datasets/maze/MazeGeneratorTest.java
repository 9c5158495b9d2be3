package org.trm4j.datasets.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Symmetry;
import org.trm4j.datasets.SplitBySymmetry;
import org.trm4j.datasets.support.Dihedral;

class MazeGeneratorTest {

  @ParameterizedTest
  @CsvSource({
    "5, 3, 25, 0, 0",
    "7, 10, 20, 0, 0",
    "11, 15, 40, 5, 0",
    "30, 110, 150, 0, 0",
    "30, 110, 900, 1, 0",
    "3, 2, 9, 0, 60",
    "5, 3, 25, 0, 1",
    "9, 4, 6, 0, 60",
    "15, 10, 225, 0, 37",
    "30, 80, 90, 0, 37"
  })
  void everyPathIsShortestAndOfTheLengthAskedFor(int size, int min, int max, int loops, int walls) {
    MazeShape shape = new MazeShape(size);
    SplitBySymmetry.Splits splits =
        new MazeGenerator(new MazeKind(shape, min, max, loops, walls), 3).generate(20, 5);
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
    SplitBySymmetry.Splits splits =
        new MazeGenerator(new MazeKind(shape, 3, 16, 0, 0), 5).generate(300, 60);
    Set<String> training = new HashSet<>();
    splits.train().forEach(maze -> training.add(symmetry.key(maze.tokens())));
    assertThat(splits.test()).noneMatch(maze -> training.contains(symmetry.key(maze.tokens())));
  }

  @Test
  void symmetriesKeepTheKeyAndTheAnswerRight() {
    MazeShape shape = new MazeShape(9);
    MazeSymmetryKey symmetry = new MazeSymmetryKey(shape);
    List<Example> mazes =
        new MazeGenerator(new MazeKind(shape, 10, 81, 5, 0), 2).generate(10, 0).train();
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

  /** Each cell is a wall as often as is asked for, by itself: neighbours know nothing of it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 20, 37, 60})
  void wallsAreAsManyAsAskedForAndApartFromEachOther(int walls) {
    MazeShape shape = new MazeShape(20, 30);
    SplittableRandom random = new SplittableRandom(walls);
    double[] shares = new double[2_000];
    double together = 0;
    double expected = 0;
    int pairs = shape.rows() * (shape.columns() - 1);
    for (int i = 0; i < shares.length; i++) {
      int[] maze = MazeWalls.scattered(shape, walls, random);
      int count = 0;
      int beside = 0;
      for (int cell = 0; cell < maze.length; cell++) {
        assertThat(maze[cell]).isIn(MazeShape.WALL, MazeShape.OPEN);
        count += maze[cell] == MazeShape.WALL ? 1 : 0;
        boolean inner = cell % shape.columns() > 0;
        beside += inner && maze[cell] == 1 && maze[cell - 1] == 1 ? 1 : 0;
      }
      shares[i] = (double) count / maze.length;
      together += (double) beside / pairs;
      expected += shares[i] * shares[i];
    }
    double mean = Arrays.stream(shares).average().orElseThrow();
    double variance =
        Arrays.stream(shares).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
    double half = Math.min(6, walls) / 100.0;
    assertThat(mean).isCloseTo(walls / 100.0, within(0.004));
    // The variance of the probability, uniform over 2 x half, and that of the cells themselves.
    assertThat(Math.sqrt(variance))
        .isCloseTo(Math.sqrt(half * half / 3 + mean * (1 - mean) / shape.cells()), within(0.003));
    assertThat(together / shares.length).isCloseTo(expected / shares.length, within(0.003));
  }

  /** Every pair of cells at such a distance is drawn, in both directions. */
  @Test
  void startsAndGoalsLieAnywhere() {
    MazeShape shape = new MazeShape(4);
    int[] starts = new int[16];
    int[] goals = new int[16];
    for (Example maze :
        new MazeGenerator(new MazeKind(shape, 3, 16, 0, 20), 8).generate(1_000, 0).train()) {
      starts[MazeShape.find(MazeShape.START, maze.tokens())]++;
      goals[MazeShape.find(MazeShape.GOAL, maze.tokens())]++;
    }
    assertThat(starts).doesNotContain(0);
    assertThat(goals).doesNotContain(0);
    for (int cell = 0; cell < 16; cell++) {
      assertThat((double) starts[cell] / goals[cell]).isBetween(0.5, 2.0);
    }
  }

  /** Files, endless streams and lists all have the published one of several shortest paths. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void anAugmentedMazeHasThePublishedPath(long seed) {
    for (MazeShape shape : List.of(new MazeShape(12), new MazeShape(9, 14))) {
      Distances distances = new Distances(shape);
      Augmentation augmentation = new MazeDomain(shape).augmentation().orElseThrow();
      SplittableRandom random = new SplittableRandom(seed);
      int turnedOtherwise = 0;
      for (Example maze :
          new MazeGenerator(new MazeKind(shape, 10, 200, 0, 30), seed).generate(40, 0).train()) {
        assertThat(maze.labels()).isEqualTo(published(distances, maze.tokens()));
        long draw = random.nextLong();
        Example other = augmentation.augment(maze, new SplittableRandom(draw));
        Example turned =
            new MazeSymmetries(shape).draw(maze.tokens(), new SplittableRandom(draw)).apply(maze);
        assertThat(other.tokens()).isEqualTo(turned.tokens());
        assertThat(other.labels()).isEqualTo(published(distances, other.tokens()));
        turnedOtherwise += Arrays.equals(other.labels(), turned.labels()) ? 0 : 1;
      }
      assertThat(turnedOtherwise).isGreaterThan(10);
    }
  }

  private static int[] published(Distances distances, int[] question) {
    return distances.solve(
        MazeShape.find(MazeShape.START, question),
        MazeShape.find(MazeShape.GOAL, question),
        question);
  }

  @Test
  void saysThatNoMazeOfRandomWallsHasSuchAPath() {
    assertThatThrownBy(() ->
            new MazeGenerator(new MazeKind(new MazeShape(6), 30, 36, 0, 55), 1).generate(1, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("30 to 36 steps")
        .hasMessageContaining("size 6 with 55% walls");
  }

  @Test
  void loopsBelongToCarvedCorridors() {
    assertThatThrownBy(() -> new MazeProvider().generate(Map.of("walls", "37", "loops", "5")))
        .isInstanceOf(DatasetException.class)
        .hasMessage(
            "data set maze: loops=5 opens walls of carved corridors, walls=37 carves none; give one of the two");
    assertThatThrownBy(() -> new MazeProvider().generate(Map.of("walls", "61")))
        .hasMessageContaining("walls is 61, expected a whole number from 0 to 60");
  }

  @Test
  void saysThatThereIsNoSuchMaze() {
    assertThatThrownBy(
            () -> new MazeGenerator(new MazeKind(new MazeShape(5), 24, 25, 0, 0), 1).generate(1, 1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("24 to 25 steps")
        .hasMessageContaining("size 5");
  }
}
