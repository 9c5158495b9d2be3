package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many puzzles from a file or standard input. */
class SolveFileTest {
  private static final String LINES =
      "# three puzzles, one of them too short\n1...............\n\n12\n....2...........\n";

  @TempDir private static Path folder;

  private static Path run() {
    return folder.resolve("run");
  }

  /** The file, not the folder: nothing has to be said about which model of a run it is. */
  private static Path model() {
    return run().resolve("model.safetensors");
  }

  @BeforeAll
  static void train() {
    Run trained =
        Run.of(
            "train",
            "--data",
            "sudoku:size=4,train=64,test=8",
            "--config",
            "demo",
            "--out",
            run(),
            "--steps",
            1,
            "--backend",
            "cpu-scalar",
            "--set",
            "run.batch=2");
    assertThat(trained.code()).as(trained.err()).isZero();
  }

  @Test
  void aBadLineIsReportedAndTheOthersAreSolved() throws Exception {
    Path file = folder.resolve("puzzles.txt");
    Files.writeString(file, LINES);
    Run solved = Run.of("solve", "--model", model(), "--file", file, "--steps", 1, "--json");
    assertThat(solved.code()).isEqualTo(1);
    assertThat(solved.err()).startsWith("trm: " + file + ": line 4: sudoku: ").hasLineCount(1);
    assertThat(solved.out())
        .contains("\"question\" : \"1...............\"", "\"question\" : \"....2...........\"")
        .contains("\"line\" : 4");
  }

  @Test
  void standardInputIsReadLikeAFile() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8)));
    try {
      Run solved = Run.of("solve", "--model", model(), "--file", "-", "--steps", 1, "--json");
      assertThat(solved.code()).isEqualTo(1);
      assertThat(solved.err()).startsWith("trm: standard input: line 4: ");
      assertThat(solved.out()).contains("\"question\" : \"....2...........\"");
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void whatIsNotTextIsRefused() throws Exception {
    Path file = folder.resolve("picture.txt");
    Files.write(file, new byte[] {'1', (byte) 0xff, (byte) 0xfe});
    Run solved = Run.of("solve", "--model", model(), "--file", file);
    assertThat(solved.code()).isEqualTo(2);
    assertThat(solved.err())
        .startsWith("trm: " + file + ": is not text in UTF-8 or UTF-16;")
        .hasLineCount(1);
  }

  @Test
  void aPastedGridIsReadLikeAFileOfIt() {
    String pasted = "1 . | . .\n. . | 3 .\n----+----\n. 3 | . .\n. . | . 4\n";
    Run solved = Run.of("solve", "--model", model(), "--puzzle", pasted, "--steps", 1, "--json");
    assertThat(solved.out()).contains("\"question\" : \"1.....3..3.....4\"");
  }

  /** In one line too, and without a model that says what it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1-----3--3-----4",
        "1 0 0 0 0 0 3 0 0 3 0 0 0 0 0 4",
        "1,0,0,0,0,0,3,0,0,3,0,0,0,0,0,4",
        "[[1, 0, 0, 0], [0, 0, 3, 0], [0, 3, 0, 0], [0, 0, 0, 4]]",
        "[[1, 0, 0, 0],\n [0, 0, 3, 0],\n [0, 3, 0, 0],\n [0, 0, 0, 4]]",
        "1\t\t\t\n\t\t3\t\n\t3\t\t\n\t\t\t4\n",
        "https://puzz.link/p?sudoku/4/4/1k3h3k4"
      })
  void aPuzzleIsReadAsItIsPasted(String pasted) {
    Object[] options = {"--puzzle", pasted, "--steps", 1, "--json", "--attempts", 1};
    Run chosen = Run.of(with(options, "solve"));
    assertThat(chosen.out()).as(chosen.err()).contains("\"question\" : \"1.....3..3.....4\"");
    Run named = Run.of(with(options, "solve", "--model", model()));
    assertThat(named.out()).contains("\"question\" : \"1.....3..3.....4\"");
  }

  private static Object[] with(Object[] options, Object... first) {
    return Stream.concat(Stream.of(first), Stream.of(options)).toArray();
  }

  @Test
  void aPuzzleThatLooksLikeAnOptionIsExplained() {
    Run solved = Run.of("solve", "-----3-1-4---2--");
    assertThat(solved.code()).isEqualTo(2);
    assertThat(solved.err())
        .hasLineCount(1)
        .contains("a puzzle that begins with - is given as --puzzle=PUZZLE");
    String puzzle = "-----3-1-4---2--";
    assertThat(Run.of("solve", "--puzzle=" + puzzle, "--steps", 1, "--json").out())
        .contains("\"question\" : \".....3.1.4...2..\"");
  }

  /** What an ambiguous file means is said for solving as it is for training. */
  @Test
  void aFileTakesTheOptionsOfItsReader() throws Exception {
    Path file = Files.writeString(folder.resolve("zero.txt"), "01..2..1..32.2.0\n");
    Object[] rest = {"--steps", 1, "--json"};
    Run asked = Run.of(with(rest, "solve", "--model", model(), "--file", file));
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err()).contains("write ?symbols=0-F or ?symbols=1-G").hasLineCount(1);
    Run told = Run.of(with(rest, "solve", "--model", model(), "--file", file + "?symbols=1-G"));
    assertThat(told.out()).as(told.err()).contains("\"question\" : \".1..2..1..32.2..\"");
    Run shifted = Run.of(with(rest, "solve", "--model", model(), "--file", file + "?symbols=0-F"));
    assertThat(shifted.out()).contains("\"question\" : \"12..3..2..43.3.1\"");
    Run unknown = Run.of(with(rest, "solve", "--model", model(), "--file", file + "?symbol=0-F"));
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.err()).contains("unknown option symbol, expected one of").hasLineCount(1);
  }

  /** Data that {@code data info} lists as invalid is trained on only by a decision. */
  @Test
  void invalidDataIsNotTrainedOn() throws Exception {
    Path data = folder.resolve("wrong");
    String made = "sudoku:size=4,train=4,test=2";
    Run built = Run.of("data", "build", made, "--augmentations", 0, "--out", data);
    assertThat(built.code()).as(built.err()).isZero();
    Path labels = data.resolve("train/all__labels.npy");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[bytes.length - 1] = (byte) (bytes[bytes.length - 1] == 2 ? 3 : 2);
    Files.write(labels, bytes);
    Run info = Run.of("data", "info", data);
    assertThat(info.out()).contains("invalid examples:");
    Path out = folder.resolve("invalid");
    Object[] train = {
      "--data", data, "--config", "demo", "--out", out, "--steps", 1, "--backend", "cpu-scalar"
    };
    Run refused = Run.of(with(train, "train", "--set", "run.batch=1"));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("data: example 4 of train is invalid", "--allow-invalid");
    assertThat(out).doesNotExist();
    Run allowed = Run.of(with(train, "train", "--set", "run.batch=1", "--allow-invalid"));
    assertThat(allowed.code()).as(allowed.err()).isZero();
    assertThat(out.resolve("model.safetensors")).exists();
  }
}
