package org.trm4j.datasets.io.maze;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.text.FieldNames;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;
import org.trm4j.datasets.maze.MazeCodec;
import org.trm4j.datasets.maze.MazeShape;
import org.trm4j.datasets.maze.MazeVerifier;

/**
 * A first reading of mazes whose cells stand in one line, so that their width is not known: which
 * shapes do all answers fit, and in which are all questions walled all around?
 */
final class MazeScan {
  private static final int LOOKED_AT = 200;

  /** Sides shorter than this make no maze worth asking about. */
  private static final int SHORTEST_SIDE = 3;

  private final List<MazeText> flat = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private int looked;

  private MazeScan() {}

  static MazeScan of(Collection<Path> files, FieldNames names) {
    MazeScan scan = new MazeScan();
    for (Path file : files) {
      new PuzzleTextFile(file, MazeLines::new, names)
          .forEach(
              new PuzzleTextFile.Rows() {
                @Override
                public void row(PuzzleRow row) {
                  scan.look(row);
                }

                @Override
                public void bad(long line, String reason) {
                  // The second reading reports it.
                }
              });
    }
    return scan;
  }

  private void look(PuzzleRow row) {
    if (looked++ >= LOOKED_AT) {
      return;
    }
    try {
      MazeText text = MazeText.of(row.question());
      if (text.rows() == 0 && text.hasEnds()) {
        String answer = row.answer().isBlank() ? "" : text.answer(row.answer());
        flat.add(text);
        answers.add(answer);
      }
    } catch (DatasetException e) {
      // The second reading reports it.
    }
  }

  /** A shape and how it was found. */
  record Found(MazeShape shape, String why) {}

  /**
   * Returns the shape of mazes of so many cells in one line; throws {@link DatasetException} that
   * names the readings where they can be several.
   */
  Found shape(int cells) {
    List<MazeShape> all = shapes(cells);
    List<MazeShape> fitting = all.stream().filter(shape -> fitsAnswers(shape, cells)).toList();
    List<MazeShape> walled =
        fitting.stream().filter(shape -> flat.stream().allMatch(t -> t.walled(shape))).toList();
    boolean answered = answers.stream().anyMatch(answer -> !answer.isEmpty());
    if (walled.size() == 1) {
      return new Found(walled.getFirst(), "by the walls all around");
    }
    if (fitting.size() == 1 && (answered || all.size() == 1)) {
      return new Found(fitting.getFirst(), answered ? "which the answers fit" : "a square");
    }
    MazeShape square = square(fitting);
    if (square != null && answered) {
      return new Found(square, "a square being assumed of cells without line ends");
    }
    if (fitting.isEmpty() || flat.isEmpty()) {
      // No shape fits: the second reading says what is wrong with which line.
      return new Found(
          MazeShape.ofCells(cells), "a square being assumed of cells without line ends");
    }
    throw new DatasetException(
        "maze: %s cells without line ends can be %s; write ?size=%s, or give the rows line ends"
            .formatted(
                cells,
                String.join(
                    " or ",
                    fitting.stream()
                        .map(shape -> "%s rows of %s".formatted(shape.rows(), shape.columns()))
                        .toList()),
                (square == null ? fitting.getFirst() : square).rows()
                    + "x"
                    + (square == null ? fitting.getFirst() : square).columns()));
  }

  private static @Nullable MazeShape square(List<MazeShape> shapes) {
    return shapes.stream().filter(MazeShape::square).findFirst().orElse(null);
  }

  private static List<MazeShape> shapes(int cells) {
    List<MazeShape> shapes = new ArrayList<>();
    for (int rows = 2; rows <= cells / 2; rows++) {
      int columns = cells / rows;
      boolean wide = Math.min(rows, columns) >= SHORTEST_SIDE || rows == columns;
      if (rows * columns == cells && wide && Math.max(rows, columns) <= MazeShape.LARGEST) {
        shapes.add(new MazeShape(rows, columns));
      }
    }
    return shapes;
  }

  private boolean fitsAnswers(MazeShape shape, int cells) {
    MazeCodec codec = new MazeCodec(shape);
    MazeVerifier verifier = new MazeVerifier(shape);
    for (int i = 0; i < flat.size(); i++) {
      String answer = answers.get(i);
      if (answer.isEmpty() || flat.get(i).cells().length() != cells) {
        continue;
      }
      try {
        int[] question = codec.encode(flat.get(i).cells());
        if (!verifier.verify(question, codec.parse(answer)).correct()) {
          return false;
        }
      } catch (DatasetException e) {
        // A line that is wrong in every shape decides nothing.
      }
    }
    return true;
  }
}
