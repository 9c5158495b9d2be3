package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    assertThat(solved.err()).isEqualTo("trm: " + file + ": is not text in UTF-8 or UTF-16\n");
  }

  @Test
  void aPastedGridIsReadLikeAFileOfIt() {
    String pasted = "1 . | . .\n. . | 3 .\n----+----\n. 3 | . .\n. . | . 4\n";
    Run solved = Run.of("solve", "--model", model(), "--puzzle", pasted, "--steps", 1, "--json");
    assertThat(solved.out()).contains("\"question\" : \"1.....3..3.....4\"");
  }
}
