package org.trm4j.datasets.maze;

import java.util.Arrays;
import org.apiguardian.api.API;

/** Steps from one cell to all others, by breadth-first search. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Distances {
  /** Down, left, right, up, numbered as in {@link MazeShape#neighbour}. */
  private static final int[] FIRST_OF_SHORTEST = {2, 3, 1, 0};

  private final MazeShape shape;
  private final int[] queue;
  private final int[] steps;
  private int reached;

  public Distances(MazeShape shape) {
    this.shape = shape;
    this.queue = new int[shape.cells()];
    this.steps = new int[shape.cells()];
  }

  /**
   * Returns the steps to every cell, -1 where there is no way; the array is used again by the next
   * call.
   */
  public int[] from(int start, int[] tokens) {
    reach(start, tokens);
    return steps;
  }

  /** Finds the steps to every cell, and returns how many cells there is a way to. */
  int reach(int start, int[] tokens) {
    int columns = shape.columns();
    Arrays.fill(steps, -1);
    steps[start] = 0;
    queue[0] = start;
    reached = 1;
    for (int at = 0; at < reached; at++) {
      int cell = queue[at];
      int column = cell % columns;
      int next = steps[cell] + 1;
      visit(cell - columns, next, tokens);
      visit(cell + columns, next, tokens);
      if (column > 0) {
        visit(cell - 1, next, tokens);
      }
      if (column < columns - 1) {
        visit(cell + 1, next, tokens);
      }
    }
    return reached;
  }

  private void visit(int cell, int step, int[] tokens) {
    if (cell >= 0 && cell < steps.length && tokens[cell] != MazeShape.WALL && steps[cell] < 0) {
      steps[cell] = step;
      queue[reached++] = cell;
    }
  }

  /** Returns one of the cells that are farthest from the last start. */
  int farthest() {
    return queue[reached - 1];
  }

  /**
   * Returns the maze with the published one of its shortest paths marked: from the start on, each
   * step goes down, left, right or up, the first of these that comes nearer to the goal. The
   * answers of Maze-Hard are these paths. The goal must be within reach.
   */
  public int[] solve(int start, int goal, int[] tokens) {
    int[] left = from(goal, tokens);
    int[] solved = tokens.clone();
    int cell = start;
    while (left[cell] > 1) {
      for (int direction : FIRST_OF_SHORTEST) {
        int next = shape.neighbour(cell, direction);
        if (next >= 0 && left[next] == left[cell] - 1) {
          cell = next;
          break;
        }
      }
      solved[cell] = MazeShape.PATH;
    }
    return solved;
  }
}
