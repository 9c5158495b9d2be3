package org.trm4j.datasets.io.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.io.npy.FolderBuild;
import org.trm4j.datasets.io.report.DatasetReport;
import org.trm4j.frontend.DataText;

/** Any puzzle from a file: what is found out, and what is asked about. */
class GridFilesTest {
  @TempDir private Path folder;

  private String write(String name, String... lines) throws IOException {
    return "grid:" + Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
  }

  private static String describe(String location) {
    try (Dataset dataset = DataText.open(location)) {
      Map<String, String> options = dataset.domain().options();
      int examples = 0;
      for (String split : dataset.splits()) {
        examples += dataset.split(split).size();
      }
      return "%sx%s %s open %s fill %s: %s"
          .formatted(
              options.get("rows"),
              options.get("columns"),
              options.get("symbols"),
              options.get("open"),
              options.get("fill"),
              examples);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          a.csv | question,answer@12.1,1221 | 2x2 .12 open . fill 2: 1
          b.csv | Puzzle;Solution@1 2/. 1;1 2/2 1 | 2x2 .12 open . fill 2: 1
          c.csv | id,input,output@7,12/.1,12/21 | 2x2 .12 open . fill 2: 1
          d.csv | question,answer@"12@.1","12@21" | 2x2 .12 open . fill 2: 1
          e.jsonl | {"question": "1./.1", "answer": "12/21"}@{"question": "2./.2/..", "answer": "21/12/11"} | 3x2 .12 open . fill 12: 2
          f.jsonl | {"puzzle": [[1, 0], [0, 1]], "solution": [[1, 10], [10, 1]]} | 2x2 0 1 10 open 0 fill 10: 1
          g.jsonl | {"puzzle": [[1, null], [null, 1]], "solution": [[1, 2], [2, 1]]} | 2x2 .12 open . fill 2: 1
          h.json | [{"question": ["1.", ".1"], "answer": ["12", "21"]},@ {"question": ["2.", ".2"], "answer": ["21", "12"]}] | 2x2 .12 open . fill 12: 2
          i.json | {"train": [{"input": [[0, 1]], "output": [[2, 1]]}], "test": [{"input": [[1, 0]], "output": [[1, 2]]}]} | 1x2 012 open 0 fill 2: 2
          j.jsonl | {"question": "a b\\n. a", "answer": "a b\\nb a"} | 2x2 .ab open . fill b: 1
          k.csv | question,answer@"# #S/   G","# #S/oooG" | 2x4 ␣#GSo open ␣ fill ␣o: 1
          """)
  void findsOut(String name, String lines, String expected) throws IOException {
    assertThat(describe(write(name, lines.split("@", -1)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          question,answer@1.1,121 |  | 3 cells in one line: how many rows and columns?
          question,answer@1./.1,12/21@1./.1,22/21@1./2.,12/21@1./.1,12/21 |  | line 3: row 1 column 1 is '1' and becomes '2'
          question,answer@1./.1,12/21/11 |  | grid: no row has a question and an answer of one size
          question,answer@1./.1,12/21@1./.1,12/2 |  | line 3: row 2 has 1 cells, expected 2 as in row 1
          question,answer@1./.1,12/21@1./.1, |  | line 3: has no answer; only trm solve takes questions alone
          question,answer@12/21,12/21 |  | no answer changes a cell of its question
          asked,told@12/21,12/21 |  | expected CSV with a header such as question,answer
          question,answer@1./.1,12/21 | rows=1,columns=9 | a grid has 2 rows, expected at most 1 (option rows)
          question,answer@1./.1,12/21 | symbols=.1 | '2' is none of the symbols .1
          question,answer@1./.1,12/21 | rules=rows:sum(4) | line 2: the answer is wrong: row 1 sums to 3, expected 4
          question,answer@1./.1,12/21 | rules=rows:magic | rules: 'rows:magic': magic is no condition of regions
          """)
  void asks(String lines, String options, String reason) throws IOException {
    String location = write("train.csv", lines.split("@", -1));
    assertThatThrownBy(
            () -> DataText.open(options == null ? location : location + "?" + options).close())
        .hasMessageContaining(reason)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @Test
  void moreSymbolsThanTokensAreRefused() throws IOException {
    StringBuilder question = new StringBuilder("0");
    StringBuilder answer = new StringBuilder("1");
    for (int i = 2; i < 300; i++) {
      question.append(' ').append(i);
      answer.append(' ').append(i);
    }
    String many = write("train.csv", "question,answer", question + "," + answer);
    assertThatThrownBy(() -> DataText.open(many + "?rows=1,columns=299").close())
        .hasMessageContaining("300 symbols, expected at most 256");
    String fewer =
        write(
            "test.csv",
            "question,answer",
            question.substring(0, question.indexOf(" 257"))
                + ","
                + answer.substring(0, answer.indexOf(" 257")));
    try (Dataset dataset = DataText.open(fewer + "?rows=1,columns=256,split=test")) {
      assertThat(dataset.domain().vocabSize()).isEqualTo(258);
    } catch (RuntimeException e) {
      assertThat(e).hasMessageContaining("257 symbols, expected at most 256");
    }
  }

  /** Latin squares of size 4, all of them, with a diagonal open. */
  private String squares() throws IOException {
    StringBuilder lines = new StringBuilder("question,answer\n");
    String digits = "1234";
    for (String first : permutations(digits)) {
      for (int shift = 1; shift <= 3; shift += 2) {
        StringBuilder answer = new StringBuilder();
        for (int row = 0; row < 4; row++) {
          for (int column = 0; column < 4; column++) {
            answer.append(first.charAt((column + row * shift) % 4));
          }
        }
        StringBuilder question = new StringBuilder(answer);
        for (int row = 0; row < 4; row++) {
          question.setCharAt(row * 5, '.');
        }
        lines.append(question).append(',').append(answer).append('\n');
      }
    }
    return write("squares.csv", lines.toString().strip());
  }

  private static Set<String> permutations(String letters) {
    Set<String> all = new HashSet<>();
    if (letters.isEmpty()) {
      all.add("");
    }
    for (int i = 0; i < letters.length(); i++) {
      for (String rest : permutations(letters.substring(0, i) + letters.substring(i + 1))) {
        all.add(letters.charAt(i) + rest);
      }
    }
    return all;
  }

  @Test
  void symmetriesAreCheckedAndTheOneThatBreaksIsShown() throws IOException {
    String squares = squares() + "?rules=rows,columns:all-different(1234)";
    try (Dataset dataset =
        DataText.open(squares + ",symmetries=rotations,permute(1234),testShare=0")) {
      assertThat(dataset.notes())
          .anyMatch(note -> note.startsWith("symmetries: rotations,permute(1234) hold for"));
      assertThat(dataset.domain().augmentation()).isPresent();
      DatasetReport report = DatasetReport.of(dataset, 0);
      assertThat(report.splits().get("train").symmetric()).isGreaterThan(40);
    }
    assertThatThrownBy(() ->
            DataText.open(
                    squares.replace(":all-different", ":all-different")
                        + ";diagonals:count(1,0-9);grid:sum(40),symmetries=rotations,permute(.1)")
                .close())
        .hasMessageContaining("symmetries: permute(.1) breaks a pair: ")
        .hasMessageContaining(" becomes ");
  }

  @Test
  void theSplitIsByAKeyThatAllFormsShare() throws IOException {
    String squares = squares();
    Set<String> tests = new HashSet<>();
    for (String options :
        new String[] {
          "?testShare=40",
          "?testShare=40,symmetries=permute(1234)",
          "?testShare=40,symmetries=bands(1x1),rules=rows,columns:all-different(1234)"
        }) {
      try (Dataset dataset = DataText.open(squares + options)) {
        Set<String> here = new HashSet<>();
        for (String split : dataset.splits()) {
          ExampleSource source = dataset.split(split);
          for (int i = 0; i < source.size(); i++) {
            here.add(split + dataset.domain().codec().decode(source.get(i).tokens()));
          }
        }
        assertThat(DatasetReport.of(dataset, 0).symmetricLeaks()).isLessThanOrEqualTo(0);
        tests.add(here.stream().sorted().toList().toString());
      }
    }
    assertThat(tests).as("the same puzzles are the test whatever the options").hasSize(1);
  }

  @Test
  void leaksBetweenGivenSplitsAreFound() throws IOException {
    write("train.csv", "question,answer", "1./.1,12/21");
    write("test.csv", "question,answer", "2./.2,21/12");
    try (Dataset dataset =
        DataText.open(
            "grid:" + folder + "?symmetries=permute(12),rules=rows,columns:all-different")) {
      DatasetReport report = DatasetReport.of(dataset, 0);
      assertThat(report.leaks()).isZero();
      assertThat(report.symmetricLeaks()).isEqualTo(1);
    }
  }

  @Test
  void aBuiltFolderIsReadAgain() throws IOException {
    write("train.csv", "question,answer", "1./.1,12/21", "2./.2,21/12");
    write("test.csv", "question,answer", "1./2.,12/21");
    try (Dataset dataset =
        DataText.open("grid:" + folder + "?rules=rows:all-different,symmetries=permute(12)")) {
      new FolderBuild(1, 1).write(dataset, folder.resolve("built"));
    }
    try (Dataset dataset = DataText.open(folder.resolve("built").toString())) {
      assertThat(dataset.domain().id()).isEqualTo("grid");
      assertThat(dataset.domain().options()).containsEntry("rules", "rows:all-different");
      assertThat(dataset.split("train").size()).isEqualTo(4);
    }
  }

  @Test
  void questionsAreReadByTheModelsShape() throws IOException {
    Map<String, String> domain =
        Map.of("rows", "2", "columns", "2", "symbols", ".12", "open", ".", "fill", "12");
    Path lines = Files.writeString(folder.resolve("lines.txt"), "1..1\n1.\n.1\n\n2./.2\n");
    assertThat(Trm.standard().questions("grid", lines, domain))
        .containsExactly(Map.entry(1L, "1..1"), Map.entry(2L, "1.\n.1"), Map.entry(5L, "2./.2"));
    Path json =
        Files.writeString(folder.resolve("q.jsonl"), "{\"question\": [[1, null], [null, 1]]}\n");
    assertThat(Trm.standard().questions("grid", json, domain))
        .containsExactly(Map.entry(1L, "1.\n.1"));
  }
}
