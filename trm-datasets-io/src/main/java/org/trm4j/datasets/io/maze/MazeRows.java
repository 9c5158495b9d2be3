package org.trm4j.datasets.io.maze;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.datasets.io.files.PuzzleReading;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.maze.Distances;
import org.trm4j.datasets.maze.MazeCodec;
import org.trm4j.datasets.maze.MazeDomain;
import org.trm4j.datasets.maze.MazeShape;
import org.trm4j.datasets.maze.MazeVerifier;

/** Makes mazes of rows, all of the shape of the first; a path that is not given is computed. */
final class MazeRows implements PuzzleReading {
  private final MazeScan scan;
  private final FieldNames names;
  private @Nullable MazeShape shape;
  private String why = "as the option size says";

  /**
   * Creates what reads rows.
   *
   * @param shape of all mazes; null to infer it
   * @param names of columns and fields
   */
  MazeRows(@Nullable MazeShape shape, MazeScan scan, FieldNames names) {
    this.names = names;
    this.shape = shape;
    this.scan = scan;
  }

  /** Returns whether the first puzzle of a file is a maze with a start and a goal. */
  static boolean accepts(Path file) {
    PuzzleRow first = new PuzzleTextFile(file, MazeLines::new).first();
    if (first == null || first.question().length() < 4) {
      return false;
    }
    MazeText question;
    try {
      question = MazeText.of(first.question());
    } catch (DatasetException e) {
      return false;
    }
    return question.hasEnds() && question.cells().matches("[# SG]+");
  }

  @Override
  public PuzzleTextFile open(Path file, String split) {
    return new PuzzleTextFile(file, MazeLines::new, names);
  }

  @Override
  public String question(String written) {
    return MazeText.of(written).lines();
  }

  @Override
  public String forms() {
    return "rows of #, space, one S and one G, such as ###### then #S  G# then ######, with an empty line between two mazes, or CSV: question,answer";
  }

  @Override
  public boolean readable(PuzzleRow row) {
    try {
      MazeText text = MazeText.of(row.question());
      return text.hasEnds() && text.cells().matches("[# SG]+");
    } catch (DatasetException e) {
      return false;
    }
  }

  @Override
  public PuzzleDomain domain() {
    return new MazeDomain(Objects.requireNonNull(shape));
  }

  @Override
  public List<String> notes() {
    MazeShape known = Objects.requireNonNull(shape);
    return List.of("shape: %s rows x %s columns, %s".formatted(known.rows(), known.columns(), why));
  }

  @Override
  public Example parse(PuzzleRow row) {
    MazeText text = MazeText.of(row.question());
    MazeShape known = shape(text);
    MazeCodec codec = new MazeCodec(known);
    int[] tokens = codec.encode(text.lines());
    int[] solution =
        row.answer().isBlank() ? solve(known, tokens) : codec.parse(text.answer(row.answer()));
    Verification verification = new MazeVerifier(known).verify(tokens, solution);
    if (!verification.correct()) {
      throw new DatasetException("the answer is wrong: " + verification.detail());
    }
    shape = known;
    return new Example(tokens, solution, 0);
  }

  private MazeShape shape(MazeText text) {
    MazeShape known = shape;
    if (text.rows() > 0) {
      MazeShape here = new MazeShape(text.rows(), text.cells().length() / text.rows());
      if (known != null && !known.equals(here)) {
        throw new DatasetException(
            "maze: %s rows of %s cells, expected %s rows of %s"
                .formatted(here.rows(), here.columns(), known.rows(), known.columns()));
      }
      why = known == null ? "by line ends" : why;
      return here;
    }
    if (known != null) {
      return known;
    }
    MazeScan.Found found = scan.shape(text.cells().length());
    why = found.why();
    return found.shape();
  }

  private static int[] solve(MazeShape shape, int[] tokens) {
    int start = MazeShape.find(MazeShape.START, tokens);
    int goal = MazeShape.find(MazeShape.GOAL, tokens);
    Distances distances = new Distances(shape);
    if (distances.from(start, tokens)[goal] < 0) {
      throw new DatasetException("there is no way from S to G");
    }
    return distances.solve(start, goal, tokens);
  }
}
