package org.trm4j.datasets.maze;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws the walls of mazes: carved corridors, or every cell by itself. */
final class MazeWalls {
  /**
   * By how many points the probability of a maze is lower or higher than asked for, at most. With 6
   * the share of walls varies nearly as in Maze-Hard, where its standard deviation is 2.7 points:
   * 2.5 among mazes of that size with such long paths, and 2.2 with 4.
   */
  private static final double SPREAD = 6;

  private final MazeShape shape;
  private final SplittableRandom random;
  private final int[] maze;

  private MazeWalls(MazeShape shape, SplittableRandom random) {
    this.shape = shape;
    this.random = random;
    this.maze = new int[shape.cells()];
  }

  /**
   * Makes every cell a wall with one probability, which is drawn for the maze: uniform, up to 6
   * points less or more than {@code walls}.
   *
   * @param walls how many of 100 cells are walls on average, above 0
   */
  static int[] scattered(MazeShape shape, int walls, SplittableRandom random) {
    double spread = Math.min(SPREAD, walls);
    double probability = (walls + spread * (2 * random.nextDouble() - 1)) / 100;
    int[] maze = new int[shape.cells()];
    for (int cell = 0; cell < maze.length; cell++) {
      maze[cell] = random.nextDouble() < probability ? MazeShape.WALL : MazeShape.OPEN;
    }
    return maze;
  }

  /**
   * Carves corridors depth-first, so that they never touch, and then opens some walls to make
   * loops. Without loops there is exactly one path between two cells.
   *
   * @param loops how many of 100 walls are opened
   */
  static int[] carved(MazeShape shape, int loops, SplittableRandom random) {
    MazeWalls walls = new MazeWalls(shape, random);
    walls.carve(loops);
    return walls.maze;
  }

  private void carve(int loops) {
    Arrays.fill(maze, MazeShape.WALL);
    int[] stack = new int[shape.cells()];
    int depth = 1;
    stack[0] = random.nextInt(maze.length);
    maze[stack[0]] = MazeShape.OPEN;
    while (depth > 0) {
      int next = step(stack[depth - 1]);
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
  }

  /** Returns a wall beside the cell that touches no other corridor, drawn at random, or -1. */
  private int step(int cell) {
    int found = -1;
    int count = 0;
    for (int direction = 0; direction < 4; direction++) {
      int next = shape.neighbour(cell, direction);
      if (next >= 0 && maze[next] == MazeShape.WALL && open(next) == 1) {
        count++;
        found = random.nextInt(count) == 0 ? next : found;
      }
    }
    return found;
  }

  private int open(int cell) {
    int count = 0;
    for (int direction = 0; direction < 4; direction++) {
      int next = shape.neighbour(cell, direction);
      count += next >= 0 && maze[next] != MazeShape.WALL ? 1 : 0;
    }
    return count;
  }
}
