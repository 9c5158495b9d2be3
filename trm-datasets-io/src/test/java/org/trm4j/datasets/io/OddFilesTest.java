package org.trm4j.datasets.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.datasets.io.report.ExampleCheck;
import org.trm4j.frontend.DataText;
import org.trm4j.plugin.PluginException;

/**
 * Files in dialects that no list names: read rightly without a hint, or refused by what they are.
 */
class OddFilesTest {
  private static final String FOUR = "1.3..4.22.4..3.1";
  private static final String SOLVED = "1234341221434321";
  private static final String NINE =
      "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";

  @TempDir private Path dir;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(dir.resolve(name), text);
  }

  private static String first(String location) {
    try (Dataset dataset = DataText.open(location)) {
      String split = dataset.splits().iterator().next();
      assertThat(ExampleCheck.of(dataset, split)).isEmpty();
      return dataset.domain().codec().decode(dataset.split(split).get(0).tokens());
    }
  }

  /** {@code @} is a line end, {@code ~} a tab. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '\u00A7',
      quoteCharacter = '\u0000',
      textBlock =
          """
          1-3--4-22-4--3-1@
          1-3-@-4-2@2-4-@-3-1@
          1 - 3 -@- 4 - 2@2 - 4 -@- 3 - 1@
          1 - | 3 -@- 4 | - 2@----+----@2 - | 4 -@- 3 | - 1@
          +-----+-----+@| 1 - | 3 - |@| - 4 | - 2 |@+-----+-----+@| 2 - | 4 - |@| - 3 | - 1 |@+-----+-----+@
          1.3.@.4.2@----@2.4.@.3.1@
          puzzle|solution@1030040220400301|1234341221434321@
          sep=;@puzzle;solution@1030040220400301;1234341221434321@
          # from the web@@puzzle,solution@1030040220400301,1234341221434321@
          clues,solution@1030040220400301,1234341221434321@
          puzzle,solution,difficulty@1030040220400301,1234341221434321,hard@
          1~~3~@~4~~2@2~~4~@~3~~1@
          {"puzzle": ["1-3-", "-4-2", "2-4-", "-3-1"], "solution": "1234341221434321"}@
          {"puzzle": [[1, -1, 3, -1], [-1, 4, -1, 2], [2, -1, 4, -1], [-1, 3, -1, 1]]}@
          [[1, 0, 3, 0], [0, 4, 0, 2], [2, 0, 4, 0], [0, 3, 0, 1]]@
          [[[1, 0, 3, 0], [0, 4, 0, 2], [2, 0, 4, 0], [0, 3, 0, 1]]]@
          [[1, 0, 3, 0],@ [0, 4, 0, 2],@ [2, 0, 4, 0],@ [0, 3, 0, 1]]@
          [1, 0, 3, 0, 0, 4, 0, 2, 2, 0, 4, 0, 0, 3, 0, 1]@
          ["1.3..4.22.4..3.1"]@
          [[1 0 3 0]@ [0 4 0 2]@ [2 0 4 0]@ [0 3 0 1]]@
          1\u00A0.\u00A03\u00A0.\u00A0.\u00A04\u00A0.\u00A02\u00A02\u00A0.\u00A04\u00A0.\u00A0.\u00A03\u00A0.\u00A01@
          \uFF11\uFF10\uFF13\uFF10\uFF10\uFF14\uFF10\uFF12\uFF12\uFF10\uFF14\uFF10\uFF10\uFF13\uFF10\uFF11@
          \u2502 1 . \u2502 3 . \u2502@\u2502 . 4 \u2502 . 2 \u2502@\u251C\u2500\u2500\u253C\u2500\u2500\u2524@\u2502 2 . \u2502 4 . \u2502@\u2502 . 3 \u2502 . 1 \u2502@
          https://puzz.link/p?sudoku/4/4/1g3h4g2i2g4h3g1@
          {"pid": "sudoku", "puzzlink_url": "http://puzz.link/p?sudoku/4/4/1g3h4g22g4h3g1", "solution_enc": "C1I="}@
          """)
  void fourByFour(String lines) throws IOException {
    String text = lines.replace('@', '\n').replace('~', '\t').replace("g2i2", "g22");
    assertThat(first(write("puzzle.txt", text).toString())).isEqualTo(FOUR);
  }

  /** Rows of open cells, beside borders of dashes. */
  @ParameterizedTest
  @CsvSource({
    "0, ---------21953461--3-2598-5--614--34-------171--24----6-5-7-8--8----63-345---1--, false",
    "4, --4-78---6-----3---9834---7---76---3---------71----856---5-7-84--7--9--5-452--1-9, true",
    "8, 53-67---26---------98-42-67--9--14234--8-3-91--3-2-------5----42-7--96-----------, true"
  })
  void anAllOpenRowIsNoBorder(int row, String cells, boolean complete) throws IOException {
    StringBuilder rows = new StringBuilder();
    StringBuilder bars = new StringBuilder();
    for (int r = 0; r < 9 && complete; r++) {
      String line = cells.substring(9 * r, 9 * r + 9);
      assertThat(line.equals("---------")).isEqualTo(r == row);
      rows.append(line).append('\n');
      bars.append(line, 0, 3).append(" | ").append(line, 3, 6).append(" | ").append(line, 6, 9);
      bars.append(r % 3 == 2 ? "\n----+-----+----\n" : "\n");
    }
    if (complete) {
      String expected = cells.replace('-', '.');
      assertThat(first(write("rows.txt", rows.toString()).toString())).isEqualTo(expected);
      assertThat(first(write("bars.txt", bars.toString()).toString())).isEqualTo(expected);
      try (Dataset twice = DataText.open(write("two.txt", "" + rows + rows).toString())) {
        assertThat(twice.split("test").size()).isEqualTo(2);
      }
    } else {
      // One cell too few: neither a puzzle nor a row is made of it.
      assertThatThrownBy(() -> first(write("short.txt", cells + "\n").toString()))
          .hasMessageContaining("80 cells");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE"})
  void utf16NeedsNoMark(String charset) throws IOException {
    Path file = dir.resolve("p.txt");
    Files.write(file, (NINE + "\r\n").getBytes(Charset.forName(charset)));
    assertThat(first(file.toString())).isEqualTo(NINE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BZh91AY      | is compressed by bzip2
          7z\u00BC\u00AF | is a 7z archive
          %PDF-1.7     | is a PDF; copy the puzzles out
          {\\rtf1      | is a document in RTF
          SQLite format 3 | is an SQLite database; export
          'PK\u0003\u0004'   | is a zip archive; unpack it
          ARROW1       | is an Arrow file; save it as CSV
          \u0093NUMPY   | is a numpy array; give the builder's folder
          \u0080\u0004\u0095 | is a Python pickle, which is not read
          '\u00FF\u00FE\u0000\u0000' | is text in UTF-32; save it in UTF-8
          R\u00E4tsel    | is not text in UTF-8 or UTF-16; iconv -f ISO-8859-1
          """)
  void whatIsNoTextIsNamed(String start, String reason) throws IOException {
    Path file = dir.resolve("puzzles.csv");
    Files.write(file, (start + " 53..7").getBytes(StandardCharsets.ISO_8859_1));
    for (String location : new String[] {"", "sudoku:", "maze:", "grid:"}) {
      assertThatThrownBy(() -> DataText.open(location + file).close())
          .hasMessageContaining("puzzles.csv")
          .hasMessageContaining(reason)
          .extracting(Throwable::getMessage)
          .asString()
          .hasLineCount(1);
    }
  }

  /** The refusal shows what the nearest data set takes, with an example. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          53xx7xxxx6xx195xxxx98xxxx6@ | line 1: sudoku: 26 cells | a Sudoku a line, such as 1.3..4.22.4..3.1
          53??7????6??195????98????6?8???6???34??8?3??17???2???6?6????28????419??5????8??79@ | character '?' at position 3 | a Sudoku a line, such as 1.3..4.22.4..3.1
          %%%%@%P.%@%%%%@ | line 1: '%%%%' is no row of a maze | such as ###### then #S  G# then ######
          #####@#s g#@#####@ | line 1: '#s g#' is no row of a maze | such as ###### then #S  G# then ######
          {"prompt": "1", "reply": "2"}@ | has the fields [prompt, reply] | question=NAME,answer=NAME
          {"pid": "yajilin", "puzzlink_url": "http://puzz.link/p?yajilin/8/8/42j"}@ | Pencil Puzzle Bench of type 'yajilin' | {"question": "12./...", "answer": "123/..."}
          """)
  void aRefusalTeaches(String lines, String reason, String example) throws IOException {
    Path file = write("mine.txt", lines.replace('@', '\n'));
    assertThatThrownBy(() -> DataText.open(file.toString()).close())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(example)
        .extracting(Throwable::getMessage)
        .asString()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sudoku | puzzle,puzzle@1,2@ | line 1: two columns are called puzzle
          grid | {"question": "1.", "question": "2.", "answer": "12"}@ | Duplicate Object property "question"
          grid | {"question": [[{"v": 1}]], "answer": [[2]]}@ | question and answer are no texts or lists of cells
          sudoku | puzzle,solution@"1030040220400301,1@ | is not CSV:
          sudoku | question,difficulty@1030040220400301,hard@?minRating=2 | rating is hard, expected a number
          """)
  void refused(String id, String lines, String reason) throws IOException {
    int mark = lines.indexOf('?');
    String text = (mark < 0 ? lines : lines.substring(0, mark)).replace('@', '\n');
    Path file = write("mine.csv", text);
    String options = mark < 0 ? "" : lines.substring(mark);
    assertThatThrownBy(() -> DataText.open(id + ":" + file + options).close())
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          +---+---+@! S     !@+   +---+@!     G !@+---+---+@ | 5 | ######S  ## ####  G######
          [{"question": [[1, 1, 1, 1], [1, 2, 3, 1], [1, 1, 1, 1]]}]@ | 3x4 | #####SG#####
          question@"####/#SG#/####"@ | 3x4 | #####SG#####
          \u2588\u2588\u2588\u2588@\u2588SG\u2588@\u2588\u2588\u2588\u2588@ | 3x4 | #####SG#####
          """)
  void mazes(String lines, String size, String cells) throws IOException {
    Path file = write("m.txt", lines.replace('@', '\n').replace('!', '|'));
    try (Dataset dataset = DataText.open(file.toString())) {
      assertThat(dataset.domain().id()).isEqualTo("maze");
      assertThat(dataset.domain().options()).containsEntry("size", size);
      assertThat(dataset.domain().codec().decode(dataset.split("test").get(0).tokens()))
          .isEqualTo(cells);
    }
  }

  @Test
  void arcTasksInOneList() throws IOException {
    String pair = "{\"input\": [[1]], \"output\": [[2]]}";
    String task = "{\"id\": \"%s\", \"train\": [" + pair + "], \"test\": [" + pair + "]}";
    Path list = write("tasks.json", "[" + task.formatted("a") + ", " + task.formatted("b") + "]");
    Path lines = write("tasks.jsonl", task.formatted("a") + "\n" + task.formatted("b") + "\n");
    for (Path file : new Path[] {list, lines}) {
      try (Dataset dataset = DataText.open(file.toString())) {
        assertThat(dataset.domain().id()).isEqualTo("arc");
        assertThat(dataset.puzzleIdentifiers()).as("blank and two tasks").isEqualTo(3);
        assertThat(dataset.split("test").size()).isEqualTo(2);
      }
    }
  }

  /** One way to write questions and another to write answers. */
  @Test
  void gridsInTwoForms() throws IOException {
    Path file = write("g.jsonl", "{\"question\": \"1./.1\", \"answer\": [[1, 2], [2, 1]]}\n");
    try (Dataset dataset = DataText.open("grid:" + file)) {
      assertThat(new TreeMap<>(dataset.domain().options()))
          .containsAllEntriesOf(Map.of("rows", "2", "columns", "2", "symbols", ".12"));
    }
  }

  /** Sixteen symbols: dashes are open in each of the three alphabets. */
  @ParameterizedTest
  @ValueSource(strings = {"123456789ABCDEFG", "ABCDEFGHIJKLMNOP", "0123456789ABCDEF"})
  void dashesInSixteen(String symbols) throws IOException {
    StringBuilder grid = new StringBuilder();
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        boolean open = row == column || row == 7;
        grid.append(open ? '-' : symbols.charAt((row % 4 * 4 + row / 4 + column) % 16));
      }
      grid.append('\n');
    }
    String location = write("s.txt", grid.toString()).toString();
    if (symbols.startsWith("0")) {
      assertThatThrownBy(() -> first(location)).hasMessageContaining("0 can be a digit (0 to F)");
    }
    String read = first(location + (symbols.startsWith("0") ? "?symbols=0-F" : ""));
    assertThat(read.chars().filter(c -> c == '.').count()).isEqualTo(31);
    assertThat(read.substring(112, 128)).isEqualTo(".".repeat(16));
    assertThat(read.lines().collect(Collectors.joining())).startsWith(".23456789ABCDEFG");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "|1| |3| |\n|---|---|---|---|\n| |4| |2|\n|2| |4| |\n| |3| |1|\n",
        "|1| |3| |\n|-|-|-|-|\n| |4| |2|\n|2| |4| |\n| |3| |1|\n",
        "| 1 |   | 3 |   |\n|   | 4 |   | 2 |\n| 2 |   | 4 |   |\n|   | 3 |   | 1 |\n",
        "\"1\",\"\",\"3\",\"\"\r\n"
            + "\"\",\"4\",\"\",\"2\"\r\n"
            + "\"2\",\"\",\"4\",\"\"\r\n"
            + "\"\",\"3\",\"\",\"1\"\r\n",
        "1.3..4.22.4..3.1\r",
        "Puzzle 1 (easy, 2 minutes):\n1 . 3 .\n. 4 . 2\n2 . 4 .\n. 3 . 1\n",
        "{\"board\": [[1, 0, 3, 0], [0, 4, 0, 2], [2, 0, 4, 0], [0, 3, 0, 1]]}\n",
        "clues,sudoku,solved\n8,1.3..4.22.4..3.1,\n",
        "unsolved;solved\n1.3..4.22.4..3.1;\n"
      })
  void formsOfOnePuzzle(String text) throws IOException {
    assertThat(first(write("f.txt", text).toString())).isEqualTo(FOUR);
  }

  /** What the error about unknown names advises. */
  @Test
  void columnsAndFieldsMayBeNamed() throws IOException {
    Path json = write("n.json", "{\"raw\": \"%s\", \"done\": \"%s\"}\n".formatted(FOUR, SOLVED));
    assertThatThrownBy(() -> DataText.open("sudoku:" + json).close())
        .hasMessageContaining("name them: sudoku, maze or grid:FILE?question=NAME,answer=NAME");
    assertThat(first("sudoku:" + json + "?question=raw,answer=done")).isEqualTo(FOUR);
    Path csv = write("n.csv", "done,raw\n%s,%s\n".formatted(SOLVED, FOUR));
    assertThat(first("sudoku:" + csv + "?question=raw,answer=done")).isEqualTo(FOUR);
    Path maze = write("m.csv", "walls\n####/#SG#/####\n");
    assertThat(first("maze:" + maze + "?question=walls")).isEqualTo("#####SG#####");
  }

  /** Old Macintosh files end lines with a carriage return alone. */
  @Test
  void carriageReturnsEndLines() throws IOException {
    Path file = write("m.txt", FOUR + "\r" + FOUR + "\r# comment\r" + FOUR);
    try (Dataset dataset = DataText.open("sudoku:" + file)) {
      assertThat(dataset.split("test").size()).isEqualTo(3);
    }
  }

  @Test
  void linesOfTheSudokuExchange() throws IOException {
    String line =
        "0000183b305c"
            + " 050703060007000800000816000000030000005000100730040086906000204840572093000409000 "
            + " 1.2\n";
    Path file = write("easy.txt", line);
    try (Dataset dataset = DataText.open("sudoku:" + file + "?minRating=1")) {
      assertThat(dataset.domain().codec().decode(dataset.split("test").get(0).tokens()))
          .startsWith(".5.7.3.6.");
    }
  }

  /** A number of clues stands in many files beside the puzzle, and often before it. */
  @Test
  void cluesAreQuestionsOnlyWhereNothingElseIs() throws IOException {
    Path file = write("c.csv", "clues,puzzle\n6," + FOUR + "\n");
    try (Dataset dataset = DataText.open("sudoku:" + file)) {
      assertThat(dataset.split("test").size()).isEqualTo(1);
    }
  }

  @Test
  void ratingsInWordsArePassedOverAndSaid() throws IOException {
    Path file = write("r.csv", "question,answer,difficulty\n" + FOUR + "," + SOLVED + ",hard\n");
    try (Dataset dataset = DataText.open(file.toString())) {
      assertThat(dataset.notes()).contains("ratings in words, such as 'hard', are passed over");
    }
  }
}
