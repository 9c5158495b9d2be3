package org.trm4j.datasets.sudoku;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/**
 * An answer is right when it keeps the givens, fills every cell, and no digit stands twice in a
 * unit.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class SudokuVerifier implements Verifier {
  private final SudokuShape shape;

  public SudokuVerifier(SudokuShape shape) {
    this.shape = shape;
  }

  @Override
  public Verification verify(int[] question, int[] answer) {
    if (answer.length != shape.cells()) {
      return Verification.wrong("%s cells, expected %s".formatted(answer.length, shape.cells()));
    }
    for (int cell = 0; cell < answer.length; cell++) {
      if (answer[cell] <= SudokuShape.BLANK || answer[cell] >= shape.vocabSize()) {
        return Verification.wrong("%s is empty".formatted(place(cell)));
      }
      if (question[cell] > SudokuShape.BLANK && question[cell] != answer[cell]) {
        return Verification.wrong(
            "%s is %c, given is %c"
                .formatted(place(cell), shape.symbol(answer[cell]), shape.symbol(question[cell])));
      }
    }
    String breach = SudokuRules.breach(shape, answer);
    return breach == null ? Verification.CORRECT : Verification.wrong(breach);
  }

  private String place(int cell) {
    return "row %s column %s".formatted(shape.row(cell) + 1, shape.column(cell) + 1);
  }
}
