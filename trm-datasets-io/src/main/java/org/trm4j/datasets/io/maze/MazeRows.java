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
  private boolean flat;

  MazeRows() {}

  /** Returns whether the first puzzle of a file is a maze with a start and a goal. */
  static boolean accepts(Path file) {
    PuzzleRow first = new PuzzleTextFile(file, MazeLines::new).first();
    if (first == null || first.question().length() < 4) {
      return false;
    }
    MazeText question = MazeText.of(first.question());
    return question.cells().chars().filter(cell -> cell == 'S').count() == 1
        && question.cells().chars().filter(cell -> cell == 'G').count() == 1
        && question.cells().matches("[# SG]+");
  }

  /** Returns how the shape was found, a line. */
  String note() {
    int size = shape().size();
    return flat
        ? "shape: %dx%d, a square being assumed of %d cells without line ends"
            .formatted(size, size, size * size)
        : "shape: %dx%d, by line ends".formatted(size, size);
  }

  /** Returns the size of the mazes; there must have been one. */
  MazeShape shape() {
    return Objects.requireNonNull(shape);
  }

  @Override
  public Example parse(PuzzleRow row) {
    MazeText text = MazeText.of(row.question());
    text.refuseUnlessSquare();
    MazeShape known = shape == null ? MazeShape.ofCells(text.cells().length()) : shape;
    MazeCodec codec = new MazeCodec(known);
    int[] tokens = codec.encode(text.cells());
    int[] solution =
        row.answer().isBlank() ? solve(known, tokens) : codec.parse(text.answer(row.answer()));
    Verification verification = new MazeVerifier(known).verify(tokens, solution);
    if (!verification.correct()) {
      throw new DatasetException("the answer is wrong: " + verification.detail());
    }
    shape = known;
    flat |= text.rows() == 0;
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
