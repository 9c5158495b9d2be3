package org.trm4j.datasets.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.Verification;

class SudokuCodecTest {
  private static final SudokuShape FOUR = SudokuShape.of(4);
  private final SudokuCodec codec = new SudokuCodec(FOUR);
  private final SudokuVerifier verifier = new SudokuVerifier(FOUR);
  private final int[] question = codec.encode("3.1.4..2.......1");

  @Test
  void tokensAreThoseOfThePublishedBuilder() {
    assertThat(codec.encode("3.1.4..2.......1")).startsWith(4, 1, 2, 1, 5, 1, 1, 3);
    assertThat(codec.decode(question)).isEqualTo("3.1.4..2.......1");
    assertThat(codec.encode("3010 4002 0000 0001")).isEqualTo(question);
  }

  @Test
  void refusesWhatIsNotAPuzzle() {
    assertThatThrownBy(() -> codec.encode("3.1."))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessageContaining("4 characters, expected 16");
    assertThatThrownBy(() -> codec.encode("5..............."))
        .hasMessageContaining("character '5' at position 1, expected 1 to 4");
    assertThatThrownBy(() -> codec.encode("1..1............"))
        .hasMessageContaining("row 1 holds 1 twice");
    assertThatThrownBy(() -> codec.encode("1.......1......."))
        .hasMessageContaining("column 1 holds 1 twice");
    assertThatThrownBy(() -> codec.encode("1....1.........."))
        .hasMessageContaining("box 1 holds 1 twice");
  }

  @Test
  void verifiesByTheRulesAlone() {
    assertThat(verify("3214413214232341")).isEqualTo(Verification.CORRECT);
    assertThat(verify("3214413214232344").detail()).isEqualTo("row 4 column 4 is 4, given is 1");
    assertThat(verify("3214413214332341").detail()).isEqualTo("row 3 holds 3 twice");
    assertThat(verifier.verify(question, question).detail()).isEqualTo("row 1 column 2 is empty");
    assertThat(verifier.verify(question, new int[3]).detail()).isEqualTo("3 cells, expected 16");
  }

  private Verification verify(String answer) {
    return verifier.verify(question, codec.parse(answer));
  }
}
