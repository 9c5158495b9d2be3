package org.trm4j.datasets.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.Verification;

class MazeVerifierTest {
  private static final MazeShape FOUR = new MazeShape(4);
  private final MazeCodec codec = new MazeCodec(FOUR);
  private final MazeVerifier verifier = new MazeVerifier(FOUR);
  private static final String QUESTION = "S  #" + " # #" + " #  " + "   G";

  private Verification verify(String answer) {
    return verifier.verify(codec.encode(QUESTION), codec.parse(answer));
  }

  @Test
  void tokensAreThoseOfThePublishedBuilder() {
    assertThat(codec.parse("# SGo" + "#".repeat(11))).startsWith(1, 2, 3, 4, 5, 1);
    assertThat(codec.decode(codec.encode(QUESTION))).isEqualTo(QUESTION);
    assertThat(codec.encode("S..#\n.#.#\n.#..\n...G\n")).isEqualTo(codec.encode(QUESTION));
  }

  @Test
  void refusesWhatIsNotAMaze() {
    assertThatThrownBy(() -> codec.encode("S G"))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessage("maze: 3 characters, expected 16 (4x4)");
    assertThatThrownBy(() -> codec.encode(QUESTION.replace('G', 'x')))
        .hasMessageContaining("character 'x' at row 4 column 4");
    assertThatThrownBy(() -> codec.encode(QUESTION.replace('G', ' ')))
        .hasMessageContaining("1 S and 0 G");
    assertThatThrownBy(() -> codec.encode(QUESTION.replace("  G", " oG")))
        .hasMessageContaining("row 4 column 3 is path (o)");
    assertThatThrownBy(() -> MazeShape.ofCells(899)).hasMessageContaining("899 cells");
  }

  @Test
  void acceptsEveryShortestPath() {
    assertThat(verify("S  #" + "o# #" + "o#  " + "oooG")).isEqualTo(Verification.CORRECT);
    assertThat(verify("Soo#" + " #o#" + " #oo" + "   G")).isEqualTo(Verification.CORRECT);
  }

  @Test
  void saysWhatIsWrong() {
    assertThat(verify(QUESTION).detail()).isEqualTo("the path does not connect S and G");
    assertThat(verify("S  #" + "o# #" + "o#  " + "oo G").detail())
        .isEqualTo("the path does not connect S and G");
    assertThat(verify("So #" + "o# #" + "o#  " + "oooG").detail())
        .isEqualTo("1 cells are marked beside the path");
    assertThat(verify("S oo" + " # #" + " #  " + "   G").detail())
        .isEqualTo("row 1 column 4 is 'o', given is '#'");
    assertThat(verify("o  #" + " # #" + " #  " + "   G").detail())
        .isEqualTo("row 1 column 1 is 'o', given is 'S'");
    assertThat(verifier.verify(codec.encode(QUESTION), new int[3]).detail())
        .isEqualTo("3 cells, expected 16");
    String open = "S   " + "    " + "    " + "  G ";
    assertThat(
            verifier
                .verify(codec.encode(open), codec.parse("Sooo" + "   o" + "  oo" + "  G "))
                .detail())
        .isEqualTo("the path takes 7 steps, the shortest 5");
    assertThat(
            verifier
                .verify(codec.parse("S## " + "### " + "    " + "  G "), codec.parse(open))
                .correct())
        .isFalse();
  }
}
