package org.trm4j.datasets.maze;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Example;
import org.trm4j.datasets.EndlessDataset;
import org.trm4j.datasets.SplitBySymmetry;

/**
 * Makes mazes whose shortest path has a length between two bounds: of carved corridors or of walls
 * at random, then a start and a goal at such a distance are drawn.
 */
final class MazeGenerator {
  private static final int STARTS_OF_A_MAZE = 8;
  private static final int CELLS_OF_A_MAZE = 16;
  private static final int MAX_MAZES_IN_A_ROW = 2_000;

  /** Random walls have a long path rarely: as many mazes as take some seconds are looked at. */
  private static final int MAX_SCATTERED_IN_A_ROW = 200_000;

  private static final int MAX_CELLS_IN_A_ROW = 100_000_000;

  /** Turns of {@link #pair}, enough to forget that the first cell lies at an end. */
  private static final int TURNS = 6;

  private final MazeKind kind;
  private final SplittableRandom random;
  private final Distances distances;
  private final int[] cells;

  MazeGenerator(MazeKind kind, long seed) {
    this.kind = kind;
    this.random = new SplittableRandom(seed);
    this.distances = new Distances(kind.shape());
    this.cells = new int[kind.shape().cells()];
  }

  SplitBySymmetry.Splits generate(int train, int test) {
    return split(kind).fill(train, test, this::next);
  }

  /** Returns the generator of endless training mazes, each from a seed. */
  static EndlessDataset.Generator endless(MazeKind kind) {
    SplitBySymmetry split = split(kind);
    return seed -> split.training(new MazeGenerator(kind, seed)::next);
  }

  private static SplitBySymmetry split(MazeKind kind) {
    return new SplitBySymmetry("maze", new MazeSymmetryKey(kind.shape()));
  }

  private Example next() {
    boolean carved = kind.walls() == 0;
    int most = carved ? MAX_MAZES_IN_A_ROW : scattered();
    for (int maze = 0; maze < most; maze++) {
      Example example =
          carved
              ? placed(MazeWalls.carved(kind.shape(), kind.loops(), random))
              : ended(MazeWalls.scattered(kind.shape(), kind.walls(), random));
      if (example != null) {
        return example;
      }
    }
    throw kind.none(most);
  }

  private int scattered() {
    return Math.clamp(
        MAX_CELLS_IN_A_ROW / cells.length, MAX_MAZES_IN_A_ROW, MAX_SCATTERED_IN_A_ROW);
  }

  /** Draws starts, and a goal for the first that has one. */
  private @Nullable Example placed(int[] maze) {
    for (int i = 0; i < STARTS_OF_A_MAZE; i++) {
      int start = open(maze);
      int goal = other(distances.from(start, maze));
      if (goal >= 0) {
        return example(maze, start, goal);
      }
    }
    return null;
  }

  /**
   * Looks for a long path from an end of the maze, since few cells in a few mazes have one: the
   * cell farthest from any other lies at an end, and the cell farthest from that at about the
   * other.
   */
  private @Nullable Example ended(int[] maze) {
    for (int i = 0; i < CELLS_OF_A_MAZE; i++) {
      int cell = random.nextInt(maze.length);
      if (maze[cell] == MazeShape.WALL) {
        continue;
      }
      int reached = distances.reach(cell, maze);
      int end = distances.farthest();
      int goal = reached > kind.minPath() ? other(distances.from(end, maze)) : -1;
      if (goal >= 0) {
        return pair(maze, end, goal);
      }
      if (reached > maze.length / 4) {
        // The rest of the maze is in small pieces.
        return null;
      }
    }
    return null;
  }

  /**
   * Draws a start and a goal by going from a pair to others, at each turn to a random one that
   * shares a cell with it: after some turns every pair of the maze is about as likely.
   */
  private Example pair(int[] maze, int first, int second) {
    int start = first;
    int goal = second;
    for (int turn = 0; turn < TURNS; turn++) {
      int next = other(distances.from(goal, maze));
      start = goal;
      goal = next;
    }
    return example(maze, start, goal);
  }

  private Example example(int[] maze, int start, int goal) {
    int[] question = maze.clone();
    question[start] = MazeShape.START;
    question[goal] = MazeShape.GOAL;
    return new Example(question, distances.solve(start, goal, question), 0);
  }

  /** Returns a cell at random that is as far away as is asked for, or -1. */
  private int other(int[] steps) {
    int count = 0;
    for (int cell = 0; cell < steps.length; cell++) {
      if (kind.holds(steps[cell])) {
        cells[count++] = cell;
      }
    }
    return count == 0 ? -1 : cells[random.nextInt(count)];
  }

  /** Returns an open cell at random. */
  private int open(int[] maze) {
    int start;
    do {
      start = random.nextInt(maze.length);
    } while (maze[start] == MazeShape.WALL);
    return start;
  }
}
