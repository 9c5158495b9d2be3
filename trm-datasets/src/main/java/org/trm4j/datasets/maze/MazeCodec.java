package org.trm4j.datasets.maze;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Text of one character a cell, row by row: {@code #} wall, space (or dot) open, {@code S} start,
 * {@code G} goal, and in answers {@code o} path. Line ends between rows are passed over.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MazeCodec implements PuzzleCodec {
  private final MazeShape shape;

  public MazeCodec(MazeShape shape) {
    this.shape = shape;
  }

  @Override
  public int[] encode(String question) {
    int[] tokens = parse(question);
    int starts = 0;
    int goals = 0;
    for (int cell = 0; cell < tokens.length; cell++) {
      starts += tokens[cell] == MazeShape.START ? 1 : 0;
      goals += tokens[cell] == MazeShape.GOAL ? 1 : 0;
      if (tokens[cell] == MazeShape.PATH) {
        throw new InvalidPuzzleException(
            "maze: %s is path (o), expected a question without one".formatted(shape.place(cell)));
      }
    }
    if (starts != 1 || goals != 1) {
      throw new InvalidPuzzleException(
          "maze: %s S and %s G, expected one of each".formatted(starts, goals));
    }
    return tokens;
  }

  /** Reads cells without checking what they mean. */
  public int[] parse(String text) {
    String cells = text.replaceAll("[\\r\\n]", "");
    long rows = text.lines().filter(line -> !line.isEmpty()).count();
    boolean fits =
        text.lines().allMatch(line -> line.isEmpty() || line.length() == shape.columns());
    if (rows > 1 && !fits) {
      throw new InvalidPuzzleException(
          "maze: %s lines, the first of %s cells, expected %s lines of %s"
              .formatted(
                  rows,
                  text.lines().filter(line -> !line.isEmpty()).findFirst().orElse("").length(),
                  shape.rows(),
                  shape.columns()));
    }
    if (cells.length() != shape.cells()) {
      throw new InvalidPuzzleException(
          "maze: %s characters, expected %s (%sx%s)"
              .formatted(cells.length(), shape.cells(), shape.rows(), shape.columns()));
    }
    int[] tokens = new int[cells.length()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = MazeShape.token(cells.charAt(i));
      if (tokens[i] < 0) {
        throw new InvalidPuzzleException(
            "maze: character '%c' at %s, expected one of '# SGo'"
                .formatted(cells.charAt(i), shape.place(i)));
      }
    }
    return tokens;
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder out = new StringBuilder(tokens.length);
    for (int token : tokens) {
      out.append(MazeShape.symbol(token));
    }
    return out.toString();
  }

  @Override
  public String symbol(int token) {
    return String.valueOf(MazeShape.symbol(token));
  }

  @Override
  public String meaning(int token) {
    return switch (token) {
      case MazeShape.WALL -> "wall";
      case MazeShape.OPEN -> "open";
      case MazeShape.START -> "start";
      case MazeShape.GOAL -> "goal";
      case MazeShape.PATH -> "path, in answers";
      default -> "";
    };
  }

  @Override
  public boolean blank(int token) {
    return token == MazeShape.OPEN;
  }

  @Override
  public int[] candidates(int token, int vocabulary) {
    return blank(token) ? new int[] {MazeShape.OPEN, MazeShape.PATH} : new int[] {token};
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(shape.rows(), shape.columns(), shape.rows(), shape.columns());
  }
}
