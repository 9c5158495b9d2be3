package org.trm4j.datasets.io.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Puzzles as people paste them, for a model whose domain is known. */
class PastedPuzzleTest {
  private static final String NINE =
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";

  private static PuzzleDomain domain(String id, String option, String value) {
    return Trm.standard().plugins().datasets().get(id).domain(Map.of(option, value));
  }

  private static String drawn(String cells, char open, String border, String left, String between) {
    StringBuilder text = new StringBuilder(border);
    for (int row = 0; row < 9; row++) {
      text.append(left);
      for (int column = 0; column < 9; column++) {
        char cell = cells.charAt(9 * row + column);
        text.append(column > 0 && column % 3 == 0 ? between : "")
            .append(cell == '.' ? open : cell)
            .append(' ');
      }
      text.append(left.strip()).append('\n').append(row % 3 == 2 ? border : "");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(chars = {'.', '0', '_', '*', '-'})
  void drawnGridsOfNine(char open) {
    PuzzleDomain nine = domain("sudoku", "size", "9");
    for (String pasted :
        List.of(
            drawn(NINE, open, "+-------+-------+-------+\n", "| ", "| "),
            drawn(NINE, open, "------+-------+------\n", "", "| "),
            drawn(NINE, open, "", "", ""),
            drawn(NINE, open, "\n", "  ", " "),
            drawn(NINE, open, "\n", "", "").replace(" ", ""))) {
      assertThat(nine.codec().decode(nine.codec().encode(Trm.standard().question(nine, pasted))))
          .as(pasted)
          .isEqualTo(NINE);
    }
  }

  @Test
  void whatTheCodecReadsStaysAsItIs() {
    PuzzleDomain nine = domain("sudoku", "size", "9");
    assertThat(Trm.standard().question(nine, "  " + NINE.replace('.', '0') + "\n"))
        .isEqualTo(NINE.replace('.', '0'));
  }

  @ParameterizedTest
  @ValueSource(strings = {"S..\n##.\nG..\n", "S../##./G..", "[[2,0,0],[1,1,0],[3,0,0]]"})
  void mazes(String pasted) {
    PuzzleDomain maze = domain("maze", "size", "3");
    String question = Trm.standard().question(maze, pasted);
    assertThat(maze.codec().decode(maze.codec().encode(question)).replace('.', ' '))
        .isEqualTo("S  ## G  ");
  }

  /** The corners of this maze are open: the text begins and ends with spaces that are cells. */
  @ParameterizedTest
  @ValueSource(strings = {"  S # G  ", "  S\n # \nG  ", "\n  S\n # \nG  \n", "  S\n #\nG"})
  void mazesWhoseCornersAreOpen(String pasted) {
    PuzzleDomain maze = domain("maze", "size", "3");
    String question = Trm.standard().question(maze, pasted);
    assertThat(maze.codec().decode(maze.codec().encode(question))).isEqualTo("  S # G  ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ooS # G  ", "ooS\n # \nG  ", "ooS\n #\nG", "ooS.#.G..", "ooS\n.#.\nG..\n"})
  void answersOfMazes(String pasted) {
    PuzzleDomain maze = domain("maze", "size", "3");
    int[] tokens = Trm.standard().answer(maze, pasted);
    assertThat(maze.codec().decode(tokens)).isEqualTo("ooS # G  ");
  }

  @Test
  void answersOfGrids() {
    PuzzleDomain grid =
        Trm.standard()
            .plugins()
            .datasets()
            .get("grid")
            .domain(
                Map.of(
                    "rows", "2", "columns", "3", "symbols", ".␣12<>", "open", ".", "fill", "12"));
    for (String pasted : List.of("1<2/2>1", "1<2\n2>1", "1<22>1")) {
      assertThat(grid.codec().decode(Trm.standard().answer(grid, pasted))).isEqualTo("1<22>1");
    }
    assertThatThrownBy(() -> Trm.standard().answer(grid, "1<2/2>3"))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessageContaining("row 2 column 3 is '3'");
  }

  /** Then the codec says what it expects. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "12",
        "hello\nworld",
        "1234\n....\n....\n....\n\n4321\n....\n....\n....\n",
        "\ud800"
      })
  void whatIsNoSinglePuzzleStaysAsItIs(String pasted) {
    PuzzleDomain four = domain("sudoku", "size", "4");
    assertThat(Trm.standard().question(four, pasted)).isEqualTo(pasted.strip());
  }

  @Test
  void anAnswerMayBreakTheRules() {
    PuzzleDomain four = domain("sudoku", "size", "4");
    String wrong = "1 1 | 1 1\n1 1 | 1 1\n----+----\n. . | . .\n4 4 | 4 4\n";
    int[] tokens = Trm.standard().answer(four, wrong);
    assertThat(four.codec().decode(tokens)).isEqualTo("11111111....4444");
    assertThatThrownBy(() -> four.encodeAnswer("1234"))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessage("answer of 4 characters, expected 16");
    assertThatThrownBy(() -> four.encodeAnswer("123456789abcdefg"))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessage("answer: character 5 is '5', expected one of .1234");
  }
}
