package org.trm4j.datasets.maze;

import java.util.Arrays;
import org.apiguardian.api.API;

/** Steps from one cell to all others, by breadth-first search. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Distances {
  private final MazeShape shape;
  private final int[] queue;
  private final int[] steps;

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
    Arrays.fill(steps, -1);
    steps[start] = 0;
    queue[0] = start;
    int end = 1;
    for (int at = 0; at < end; at++) {
      for (int direction = 0; direction < 4; direction++) {
        int next = shape.neighbour(queue[at], direction);
        if (next >= 0 && tokens[next] != MazeShape.WALL && steps[next] < 0) {
          steps[next] = steps[queue[at]] + 1;
          queue[end++] = next;
        }
      }
    }
    return steps;
  }

  /** Returns the maze with one shortest path marked; the goal must be within reach. */
  public int[] solve(int start, int goal, int[] tokens) {
    int[] distance = from(start, tokens);
    int[] solved = tokens.clone();
    int cell = goal;
    while (distance[cell] > 1) {
      for (int direction = 0; direction < 4; direction++) {
        int next = shape.neighbour(cell, direction);
        if (next >= 0 && distance[next] == distance[cell] - 1) {
          cell = next;
          break;
        }
      }
      solved[cell] = MazeShape.PATH;
    }
    return solved;
  }
}
