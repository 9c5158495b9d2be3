package org.trm4j.datasets.io.maze;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.datasets.io.text.PuzzleLoader;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.maze.Distances;
import org.trm4j.datasets.maze.MazeCodec;
import org.trm4j.datasets.maze.MazeShape;
import org.trm4j.datasets.maze.MazeVerifier;

/** Makes mazes of rows, all of the size of the first; a path that is not given is computed. */
final class MazeRows implements PuzzleLoader.Parser {
  private @Nullable MazeShape shape;

  MazeRows() {}

  /** Returns whether the file is CSV whose first question has walls or a start. */
  static boolean accepts(Path file) {
    PuzzleTextFile text = new PuzzleTextFile(file);
    PuzzleRow first = text.csv() ? text.first() : null;
    return first != null && first.question().matches("(?s).*[#S].*");
  }

  /** Returns the size of the mazes; there must have been one. */
  MazeShape shape() {
    return Objects.requireNonNull(shape);
  }

  @Override
  public Example parse(PuzzleRow row) {
    MazeShape known = shape == null ? MazeShape.ofCells(row.question().length()) : shape;
    MazeCodec codec = new MazeCodec(known);
    int[] tokens = codec.encode(row.question());
    int[] solution = row.answer().isEmpty() ? solve(known, tokens) : codec.parse(row.answer());
    Verification verification = new MazeVerifier(known).verify(tokens, solution);
    if (!verification.correct()) {
      throw new DatasetException("the answer is wrong: " + verification.detail());
    }
    shape = known;
    return new Example(tokens, solution, 0);
  }

  private static int[] solve(MazeShape shape, int[] tokens) {
    int start = -1;
    int goal = -1;
    for (int cell = 0; cell < tokens.length; cell++) {
      start = tokens[cell] == MazeShape.START ? cell : start;
      goal = tokens[cell] == MazeShape.GOAL ? cell : goal;
    }
    Distances distances = new Distances(shape);
    if (distances.from(start, tokens)[goal] < 0) {
      throw new DatasetException("there is no way from S to G");
    }
    return distances.solve(start, goal, tokens);
  }
}
