package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file of somebody's own puzzles to a model that solves and verifies them, without code. */
class GridPuzzleTest {
  @TempDir private static Path folder;

  private static Run train(String data, Path out) {
    return Run.of(
        "train",
        "--data",
        data,
        "--config",
        "small",
        "--out",
        out,
        "--steps",
        2,
        "--backend",
        "cpu-scalar",
        "--set",
        "run.batch=4",
        "--set",
        "model.hiddenSize=16",
        "--set",
        "model.puzzleEmbDim=16",
        "--set",
        "model.numHeads=2");
  }

  @BeforeAll
  static void write() throws IOException {
    StringBuilder rows = new StringBuilder("question,answer\n");
    for (String square :
        new String[] {"123/231/312", "213/132/321", "321/213/132", "132/321/213"}) {
      for (int open = 0; open < 3; open++) {
        char[] question = square.toCharArray();
        question[open] = '.';
        question[8 + open] = '.';
        rows.append(question).append(',').append(square).append('\n');
      }
    }
    Files.writeString(folder.resolve("latin.csv"), rows);
    assertThat(train(data("rules=rows,columns:all-different"), folder.resolve("ruled")).code())
        .isZero();
    assertThat(train(data(""), folder.resolve("free")).code()).isZero();
  }

  private static String data(String options) {
    return "grid:"
        + folder.resolve("latin.csv")
        + "?testShare=25"
        + (options.isEmpty() ? "" : "," + options);
  }

  @Test
  void theModelKnowsItsSymbolsAndRules() {
    Path model = folder.resolve("ruled/model.safetensors");
    Run solved =
        Run.of("solve", "--model", model, "--puzzle", ".23/231/312", "--steps", 1, "--json");
    assertThat(solved.out())
        .contains("\"question\" : \".23231312\"")
        .doesNotContain("UNVERIFIABLE");
    Run wrong = Run.of("solve", "--model", model, "--puzzle", ".2x/231/312");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("row 1 column 3 is 'x', expected one of .123");
    Run clash = Run.of("solve", "--model", model, "--puzzle", "22./231/312");
    assertThat(clash.err()).contains("the givens contradict each other: row 1 holds 2 twice");
  }

  @Test
  void withoutRulesAnAnswerIsUnverified() {
    Run solved =
        Run.of(
            "solve",
            "--model",
            folder.resolve("free/model.safetensors"),
            "--puzzle",
            ".23/231/312",
            "--steps",
            1,
            "--json");
    assertThat(solved.out()).containsAnyOf("\"UNVERIFIABLE\"", "\"WRONG\"");
    Run evaluated =
        Run.of(
            "eval",
            "--model",
            folder.resolve("free/model.safetensors"),
            "--data",
            data(""),
            "--steps",
            1);
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("unverified (no rules)");
  }

  @Test
  void otherFilesAreReadAsTheModelWasTrained() throws IOException {
    // Without the digit 3 in it, this file alone would have other tokens.
    Path other = folder.resolve("other.csv");
    Files.writeString(other, "question,answer\n1./.1,12/21\n");
    Run evaluated =
        Run.of(
            "eval",
            "--model",
            folder.resolve("ruled/model.safetensors"),
            "--data",
            "grid:" + other + "?split=test",
            "--steps",
            1);
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("1 puzzles of test");
    Run renamed =
        Run.of(
            "eval",
            "--model",
            folder.resolve("ruled/model.safetensors"),
            "--data",
            "grid:" + other + "?split=test,symbols=.321",
            "--steps",
            1);
    assertThat(renamed.code()).isEqualTo(2);
    assertThat(renamed.err()).hasLineCount(1).contains("leave out the option symbols");
  }

  @Test
  void trainingSaysWhatIsWrongWithItsData() throws IOException {
    Path leaky = Files.createDirectory(folder.resolve("leaky"));
    Files.writeString(leaky.resolve("train.csv"), "question,answer\n1./.1,12/21\n");
    Files.writeString(leaky.resolve("test.csv"), "question,answer\n1./.1,12/21\n");
    Run leaks = train("grid:" + leaky, folder.resolve("run1"));
    assertThat(leaks.code()).isZero();
    assertThat(leaks.err()).contains("1 questions of other splits are training questions");
    Files.delete(leaky.resolve("test.csv"));
    Run alone = train("grid:" + leaky, folder.resolve("run2"));
    assertThat(alone.err()).contains("evaluated are the training puzzles themselves");
  }
}
