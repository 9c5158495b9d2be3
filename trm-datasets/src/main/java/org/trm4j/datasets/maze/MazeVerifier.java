package org.trm4j.datasets.maze;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/**
 * An answer is right if it keeps walls, start and goal, its path connects them, nothing else is
 * marked, and no path is shorter. Any one of several shortest paths is right.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class MazeVerifier implements Verifier {
  private final MazeShape shape;

  public MazeVerifier(MazeShape shape) {
    this.shape = shape;
  }

  @Override
  public Verification verify(int[] question, int[] answer) {
    if (answer.length != shape.cells()) {
      return Verification.wrong("%s cells, expected %s".formatted(answer.length, shape.cells()));
    }
    int start = -1;
    int goal = -1;
    int marked = 0;
    for (int cell = 0; cell < answer.length; cell++) {
      boolean path = question[cell] == MazeShape.OPEN && answer[cell] == MazeShape.PATH;
      if (answer[cell] != question[cell] && !path) {
        return Verification.wrong(
            "%s is '%c', given is '%c'"
                .formatted(
                    shape.place(cell),
                    MazeShape.symbol(answer[cell]),
                    MazeShape.symbol(question[cell])));
      }
      start = question[cell] == MazeShape.START ? cell : start;
      goal = question[cell] == MazeShape.GOAL ? cell : goal;
      marked += path ? 1 : 0;
    }
    if (start < 0 || goal < 0) {
      return Verification.wrong("the question has no start or no goal");
    }
    return path(question, answer, start, goal, marked);
  }

  private Verification path(int[] question, int[] answer, int start, int goal, int marked) {
    Distances distances = new Distances(shape);
    int shortest = distances.from(start, question)[goal];
    if (shortest < 0) {
      return Verification.wrong("there is no way from S to G");
    }
    int[] onlyPath = answer.clone();
    for (int cell = 0; cell < onlyPath.length; cell++) {
      onlyPath[cell] = onlyPath[cell] == MazeShape.OPEN ? MazeShape.WALL : onlyPath[cell];
    }
    int length = distances.from(start, onlyPath)[goal];
    if (length < 0) {
      return Verification.wrong("the path does not connect S and G");
    }
    if (length > shortest) {
      return Verification.wrong(
          "the path takes %s steps, the shortest %s".formatted(length, shortest));
    }
    return marked == shortest - 1
        ? Verification.CORRECT
        : Verification.wrong(
            "%s cells are marked beside the path".formatted(marked - shortest + 1));
  }
}
