package org.trm4j.datasets.maze;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.SplitBySymmetry;

/**
 * Makes mazes whose shortest path has a length between two bounds: corridors are carved depth-first
 * so that they never touch, some walls are opened to make loops, then a start and a goal at such a
 * distance are drawn. Without loops there is exactly one path.
 */
final class MazeGenerator {
  private static final int STARTS_OF_A_MAZE = 8;
  private static final int MAX_MAZES_IN_A_ROW = 2_000;

  private final MazeShape shape;
  private final int minPath;
  private final int maxPath;
  private final int loops;
  private final SplittableRandom random;
  private final Distances distances;

  /**
   * Creates a generator.
   *
   * @param minPath fewest steps from start to goal
   * @param maxPath most steps
   * @param loops how many of 100 walls are opened
   */
  MazeGenerator(MazeShape shape, int minPath, int maxPath, int loops, long seed) {
    this.shape = shape;
    this.minPath = minPath;
    this.maxPath = maxPath;
    this.loops = loops;
    this.random = new SplittableRandom(seed);
    this.distances = new Distances(shape);
  }

  SplitBySymmetry.Splits generate(int train, int test) {
    return split(shape).fill(train, test, this::next);
  }

  /** Returns the generator of endless training mazes, each from a seed. */
  static EndlessDataset.Generator endless(MazeShape shape, int minPath, int maxPath, int loops) {
    SplitBySymmetry split = split(shape);
    return seed -> split.training(new MazeGenerator(shape, minPath, maxPath, loops, seed)::next);
  }

  private static SplitBySymmetry split(MazeShape shape) {
    return new SplitBySymmetry("maze", new MazeSymmetryKey(shape));
  }

  private Example next() {
    for (int maze = 0; maze < MAX_MAZES_IN_A_ROW; maze++) {
      int[] tokens = carve();
      for (int i = 0; i < STARTS_OF_A_MAZE; i++) {
        Example example = place(tokens);
        if (example != null) {
          return example;
        }
      }
    }
    throw new DatasetException(
        "maze: none of %s mazes of size %s with %s%% of the walls opened has a shortest path of %s to %s steps; ask for a shorter one, or fewer loops"
            .formatted(MAX_MAZES_IN_A_ROW, shape.written(), loops, minPath, maxPath));
  }

  private @Nullable Example place(int[] maze) {
    int start;
    do {
      start = random.nextInt(maze.length);
    } while (maze[start] == MazeShape.WALL);
    int[] steps = distances.from(start, maze);
    List<Integer> goals = new ArrayList<>();
    for (int cell = 0; cell < maze.length; cell++) {
      if (steps[cell] >= minPath && steps[cell] <= maxPath) {
        goals.add(cell);
      }
    }
    if (goals.isEmpty()) {
      return null;
    }
    int goal = goals.get(random.nextInt(goals.size()));
    int[] question = maze.clone();
    question[start] = MazeShape.START;
    question[goal] = MazeShape.GOAL;
    return new Example(question, distances.solve(start, goal, question), 0);
  }

  private int[] carve() {
    int[] maze = new int[shape.cells()];
    Arrays.fill(maze, MazeShape.WALL);
    int[] stack = new int[shape.cells()];
    int depth = 1;
    stack[0] = random.nextInt(maze.length);
    maze[stack[0]] = MazeShape.OPEN;
    while (depth > 0) {
      int next = step(maze, stack[depth - 1]);
      if (next < 0) {
        depth--;
      } else {
        maze[next] = MazeShape.OPEN;
        stack[depth++] = next;
      }
    }
    for (int cell = 0; cell < maze.length; cell++) {
      if (maze[cell] == MazeShape.WALL && random.nextInt(100) < loops) {
        maze[cell] = MazeShape.OPEN;
      }
    }
    return maze;
  }

  /** Returns a wall beside the cell that touches no other corridor, drawn at random, or -1. */
  private int step(int[] maze, int cell) {
    int found = -1;
    int count = 0;
    for (int direction = 0; direction < 4; direction++) {
      int next = shape.neighbour(cell, direction);
      if (next >= 0 && maze[next] == MazeShape.WALL && open(maze, next) == 1) {
        count++;
        found = random.nextInt(count) == 0 ? next : found;
      }
    }
    return found;
  }

  private int open(int[] maze, int cell) {
    int count = 0;
    for (int direction = 0; direction < 4; direction++) {
      int next = shape.neighbour(cell, direction);
      count += next >= 0 && maze[next] != MazeShape.WALL ? 1 : 0;
    }
    return count;
  }
}
