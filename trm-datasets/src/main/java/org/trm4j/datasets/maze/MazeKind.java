package org.trm4j.datasets.maze;

import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.Options;

/**
 * What a generated maze is to be like.
 *
 * @param minPath fewest steps from start to goal
 * @param maxPath most steps
 * @param loops how many of 100 walls of carved corridors are opened
 * @param walls how many of 100 cells are walls, each drawn by itself; 0 for carved corridors
 */
record MazeKind(MazeShape shape, int minPath, int maxPath, int loops, int walls) {
  /** More than these leave no way that is longer than a few steps. */
  static final int MOST_WALLS = 60;

  static MazeKind of(MazeShape shape, Options options) {
    int most = shape.cells();
    int min =
        options.has("minPath") ? (int) options.integer("minPath", 1, most) : Math.max(1, most / 8);
    int max = options.has("maxPath") ? (int) options.integer("maxPath", min, most) : most;
    int loops = (int) options.integer("loops", 0, 100);
    int walls = (int) options.integer("walls", 0, MOST_WALLS);
    if (loops > 0 && walls > 0) {
      throw new DatasetException(
          "data set maze: loops=%s opens walls of carved corridors, walls=%s carves none; give one of the two"
              .formatted(loops, walls));
    }
    return new MazeKind(shape, min, max, loops, walls);
  }

  boolean holds(int steps) {
    return steps >= minPath && steps <= maxPath;
  }

  /** Returns the error where none of so many mazes has such a path. */
  DatasetException none(int mazes) {
    return new DatasetException(
        (walls > 0
                ? "maze: none of %s mazes of size %s with %s%% walls has a shortest path of %s to %s steps; ask for a shorter one, or walls nearer to 37, where paths are longest"
                : "maze: none of %s mazes of size %s with %s%% of the walls opened has a shortest path of %s to %s steps; ask for a shorter one, or fewer loops")
            .formatted(mazes, shape.written(), walls > 0 ? walls : loops, minPath, maxPath));
  }
}
