package org.trm4j.datasets.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Example;

class DistancesTest {

  /** Going down is preferred to left, left to right, and right to up, seen from the start. */
  @ParameterizedTest
  @CsvSource({
    "'S  /   /  G', 'S  /o  /ooG'",
    "'  S/   /G  ', '  S/  o/Goo'",
    "'  G/   /S  ', '  G/  o/Soo'",
    "'G  /   /  S', 'G  /o  /ooS'",
    "' S /# #/ G ', ' S /#o#/ G '",
    "'SG/  ', 'SG/  '",
    "'S #/ # /   /#G ', 'S #/o# /oo /#G '",
    "'  #  / #S# /     / ### /  G  ', '  #  / #S# /ooo  /o### /ooG  '",
  })
  void takesThePublishedOneOfSeveralPaths(String question, String answer) {
    assertThat(solved(question)).isEqualTo(answer);
  }

  private static String solved(String question) {
    String[] rows = question.split("/", -1);
    MazeShape shape = new MazeShape(rows.length, rows[0].length());
    MazeCodec codec = new MazeCodec(shape);
    int[] tokens = codec.encode(String.join("\n", rows));
    int[] solved =
        new Distances(shape)
            .solve(
                MazeShape.find(MazeShape.START, tokens),
                MazeShape.find(MazeShape.GOAL, tokens),
                tokens);
    assertThat(new MazeVerifier(shape).verify(tokens, solved).detail()).isEmpty();
    return codec.decode(solved).replaceAll("(.{%s})(?!$)".formatted(shape.columns()), "$1/");
  }

  /** The rule in other words: no step could have gone in a direction that comes before its own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 10, 25, 37, 45})
  void noStepCouldHaveGoneInAnEarlierDirection(int walls) {
    MazeShape shape = new MazeShape(13, 10);
    int[] order = {2, 3, 1, 0};
    Distances distances = new Distances(shape);
    int[] chosen = new int[4];
    for (Example maze :
        new MazeGenerator(new MazeKind(shape, 6, 130, 0, walls), walls).generate(50, 10).train()) {
      assertThat(new MazeVerifier(shape).verify(maze.tokens(), maze.labels()).detail()).isEmpty();
      int goal = MazeShape.find(MazeShape.GOAL, maze.tokens());
      int[] left = distances.from(goal, maze.tokens());
      int cell = MazeShape.find(MazeShape.START, maze.tokens());
      while (cell != goal) {
        int first = 0;
        while (!nearer(shape, left, cell, order[first])) {
          first++;
        }
        chosen[first]++;
        cell = shape.neighbour(cell, order[first]);
        assertThat(maze.labels()[cell]).isEqualTo(cell == goal ? MazeShape.GOAL : MazeShape.PATH);
      }
    }
    assertThat(chosen).doesNotContain(0);
  }

  private static boolean nearer(MazeShape shape, int[] left, int cell, int direction) {
    int next = shape.neighbour(cell, direction);
    return next >= 0 && left[next] >= 0 && left[next] < left[cell];
  }

  /** Steps are those of relaxing all edges until nothing changes. */
  @Test
  void stepsAreThoseOfRelaxation() {
    MazeShape shape = new MazeShape(6, 9);
    SplittableRandom random = new SplittableRandom(4);
    Distances distances = new Distances(shape);
    for (int i = 0; i < 50; i++) {
      int[] maze = MazeWalls.scattered(shape, 40, random);
      int start = random.nextInt(maze.length);
      maze[start] = MazeShape.OPEN;
      int[] expected = relaxed(shape, maze, start);
      int reached = distances.reach(start, maze);
      assertThat(distances.from(start, maze)).isEqualTo(expected);
      int most = 0;
      int count = 0;
      for (int steps : expected) {
        most = Math.max(most, steps);
        count += steps >= 0 ? 1 : 0;
      }
      assertThat(reached).isEqualTo(count);
      assertThat(expected[distances.farthest()]).isEqualTo(most);
    }
  }

  private static int[] relaxed(MazeShape shape, int[] maze, int start) {
    int[] steps = new int[maze.length];
    Arrays.fill(steps, -1);
    steps[start] = 0;
    for (boolean changed = true; changed; ) {
      changed = false;
      for (int cell = 0; cell < maze.length; cell++) {
        for (int direction = 0; direction < 4 && steps[cell] >= 0; direction++) {
          int next = shape.neighbour(cell, direction);
          if (next >= 0
              && maze[next] != MazeShape.WALL
              && (steps[next] < 0 || steps[next] > steps[cell] + 1)) {
            steps[next] = steps[cell] + 1;
            changed = true;
          }
        }
      }
    }
    return steps;
  }
}
