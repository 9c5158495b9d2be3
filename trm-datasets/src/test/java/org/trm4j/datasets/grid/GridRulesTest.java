package org.trm4j.datasets.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.Verification;

/** Each rule tells right answers from wrong ones, and says what is wrong. */
class GridRulesTest {
  private static GridDomain domain(int rows, int columns, String symbols, String rules) {
    List<String> all = GridAlphabet.read(symbols);
    return GridProvider.domain(
        new GridAlphabet(all, Set.of("."), Set.copyOf(all)),
        new GridFrame(rows, columns),
        rules,
        "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          rows:all-different | .12 | 12/21 |
          rows,columns:all-different | .12 | 12/12 | column 1 holds 1 twice
          boxes(2x1):all-different | .12 | 12/21 |
          boxes(1x2):all-different | .12 | 11/22 | box 1 holds 1 twice
          rows:all-different(1) | .12 | 22/12 |
          diagonals:sum(5) | .1234 | 23/41 | the diagonal from the upper left sums to 3, expected 5
          diagonals:sum(3-7) | .1234 | 23/41 |
          grid:count(x,2) | .x | x./.x |
          rows:count(x,0-1) | .x | xx/.. | row 1 holds 2 of x, expected 0 to 1
          cells(0123):neighbours(x,own) | .x0123 | x1/.0 |
          cells(0123):neighbours(x,own) | .x0123 | x2/.0 | row 1 column 2, 2, has 1 of x around it, expected 2
          cells(x):touching(x,1) | .x | x./.x |
          cells(x):neighbours(x,1) | .x | x./.x | row 1 column 1, x, has 0 of x around it, expected 1
          cells(.):sees(L,1-4,.) | .L# | L../.## |
          cells(.):sees(L,1-4,.) | .L# | L#./..# | row 1 column 3, ., has 0 of L in sight, expected 1 to 4
          cells(L):sees(L,0,.) | .L# | L#L/L.. | row 1 column 1, L, has 1 of L in sight, expected 0
          connected(x) | .x | xx/.x |
          connected(x) | .x | x./.x | row 2 column 2 is not connected with the other cells of x
          less(<>^v) | .123<>^v | 1<2/..^/..3 |
          less(<>^v) | .123<>^v | 2<1/.../... | row 1 column 2, <, stands between 2 and 1
          less(<>^v) | .123<>^v | 1>./.../... | row 1 column 2, >, stands between 1 and .
          less(<>^v) | .123<>^v | 2../v../1.. |
          less(<>^v) | .123<>^v | 1../v../2.. | row 2 column 1, v, stands between 1 and 2
          givens; rows:all-different | .12 | 12/21 |
          """)
  void tellsRightFromWrong(String rules, String symbols, String answer, String breach) {
    String[] rows = answer.split("/", -1);
    GridDomain domain = domain(rows.length, rows[0].length(), symbols, rules);
    // Every cell is open, so that rules alone decide.
    int[] open = domain.codec().encode(dots(rows));
    int[] tokens = new int[open.length];
    String flat = String.join("", rows);
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = domain.alphabet().tokens().get(flat.substring(i, i + 1));
    }
    Verification verification = domain.verifier().orElseThrow().verify(open, tokens);
    assertThat(verification.detail()).isEqualTo(breach == null ? "" : breach);
    assertThat(verification.correct()).isEqualTo(breach == null);
  }

  private static String dots(String[] rows) {
    return (".".repeat(rows[0].length()) + "/").repeat(rows.length).replaceAll("/$", "");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          rows | expected REGIONS:CONDITION
          rows:odd | odd is no condition of regions, expected all-different, sum(N) or count(SYMBOLS,N)
          cages:all-different | cages is no region, expected rows, columns
          boxes(2):all-different | expected boxes(ROWSxCOLUMNS)
          rows:count(x) | count has 1 arguments, expected 2
          rows:sum(many) | sum: 'many', expected a number, a range such as 1-4, or own
          rows:sum(own) | has no meaning
          less(<>) | 2 symbols, expected four
          cells(x):near(x,1) | near is no condition of cells
          """)
  void refusesWhatItDoesNotKnow(String rules, String reason) {
    assertThatThrownBy(() -> domain(2, 2, ".x", rules))
        .hasMessageContaining("rules: '" + rules + "'")
        .hasMessageContaining(reason);
  }

  @Test
  void givensThatContradictEachOtherAreRefused() {
    GridDomain domain = domain(2, 2, ".12", "rows,columns:all-different(12)");
    assertThatThrownBy(() -> domain.codec().encode("11/.."))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessageContaining("row 1 holds 1 twice");
    assertThat(domain.codec().encode("1./..")).hasSize(4);
  }

  @Test
  void withoutRulesAnAnswerIsWrongOrUnverified() {
    GridDomain domain =
        GridProvider.domain(
            new GridAlphabet(GridAlphabet.read(".123"), Set.of("."), Set.of("1", "2")),
            new GridFrame(1, 3),
            "",
            "");
    int[] question = domain.codec().encode("3..");
    var verifier = domain.verifier().orElseThrow();
    assertThat(verifier.complete()).isFalse();
    assertThat(verifier.verify(question, new int[] {4, 2, 3}).outcome())
        .isEqualTo(Verification.Outcome.UNVERIFIABLE);
    assertThat(verifier.verify(question, new int[] {2, 2, 3}).detail())
        .isEqualTo("row 1 column 1 is 1, given is 3");
    assertThat(verifier.verify(question, new int[] {4, 4, 3}).detail())
        .isEqualTo("row 1 column 2 is 3, expected one of 12");
    assertThat(verifier.verify(question, new int[] {4, 0, 99}).detail())
        .isEqualTo("row 1 column 2 is empty");
  }

  @Test
  void smallerGridsArePadded() {
    GridDomain domain = domain(3, 4, ".12", "rows:all-different(12)");
    int[] tokens = domain.codec().encode("1./.2");
    assertThat(tokens).containsExactly(2, 1, 0, 0, 1, 3, 0, 0, 0, 0, 0, 0);
    assertThat(domain.codec().decode(tokens)).isEqualTo("1./.2");
    assertThat(domain.codec().encode("1.2..2..1..."))
        .isEqualTo(domain.codec().encode("1.2./.2../1..."));
    assertThatThrownBy(() -> domain.codec().encode("1.2..2..1."))
        .hasMessageContaining("1 rows, the first of 10 cells, expected at most 3 rows of 4");
    assertThatThrownBy(() -> domain.codec().encode("1./.2."))
        .hasMessageContaining("a row of 2 cells and one of 3");
    assertThatThrownBy(() -> domain.codec().encode("1./.7"))
        .hasMessageContaining("row 2 column 2 is '7', expected one of .12");
    int[] outside = {2, 3, 1, 0, 3, 2, 0, 0, 0, 0, 0, 0};
    assertThat(domain.verifier().orElseThrow().verify(tokens, outside).detail())
        .isEqualTo("row 1 column 3 is outside the puzzle");
  }
}
