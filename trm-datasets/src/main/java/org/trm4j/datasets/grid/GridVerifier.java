package org.trm4j.datasets.grid;

import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/**
 * An answer is wrong if it changes a given or uses a symbol that answers do not have; only rules
 * can decide whether it is right.
 */
final class GridVerifier implements Verifier {
  private final GridAlphabet alphabet;
  private final GridFrame frame;
  private final GridRules rules;
  private final boolean[] open;
  private final boolean[] fill;

  GridVerifier(GridAlphabet alphabet, GridFrame frame, GridRules rules) {
    this.alphabet = alphabet;
    this.frame = frame;
    this.rules = rules;
    this.open = alphabet.among(alphabet.open());
    this.fill = alphabet.among(alphabet.fill());
  }

  @Override
  public boolean complete() {
    return !rules.isEmpty();
  }

  @Override
  public Verification verify(int[] question, int[] answer) {
    if (answer.length != frame.cells()) {
      return Verification.wrong("%s cells, expected %s".formatted(answer.length, frame.cells()));
    }
    GridFrame.Board asked = frame.board(question);
    for (int cell = 0; cell < answer.length; cell++) {
      boolean inside =
          cell / frame.columns() < asked.rows && cell % frame.columns() < asked.columns;
      String fault = fault(question[cell], answer[cell], inside);
      if (fault != null) {
        return Verification.wrong(
            "row %s column %s %s"
                .formatted(cell / frame.columns() + 1, cell % frame.columns() + 1, fault));
      }
    }
    String breach = rules.breach(frame.board(answer, asked.rows, asked.columns));
    return breach != null
        ? Verification.wrong(breach)
        : complete()
            ? Verification.CORRECT
            : new Verification(
                Verification.Outcome.UNVERIFIABLE,
                "no rules are given; the givens are kept and the symbols are allowed");
  }

  private @Nullable String fault(int asked, int answered, boolean inside) {
    if (!inside) {
      return answered == GridAlphabet.PAD ? null : "is outside the puzzle";
    }
    if (answered <= GridAlphabet.PAD || answered >= fill.length) {
      return "is empty";
    }
    if (!open[asked]) {
      return asked == answered
          ? null
          : "is %s, given is %s".formatted(alphabet.symbol(answered), alphabet.symbol(asked));
    }
    return fill[answered]
        ? null
        : "is %s, expected one of %s"
            .formatted(
                alphabet.symbol(answered),
                GridAlphabet.list(
                    alphabet.symbols().stream().filter(alphabet.fill()::contains).toList()));
  }
}
