package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What messages about runs, models and their data advise, followed. */
class RunRemediesTest {
  private static final String SMALL = "sudoku:size=4,train=8,test=2";

  @TempDir private static Path trained;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    Run run =
        Run.of(
            "train",
            "--data",
            SMALL,
            "--config",
            "demo",
            "--steps",
            2,
            "--set",
            "run.batch=2",
            "--set",
            "run.evaluateEvery=-1",
            "--set",
            "hiddenSize=8",
            "--set",
            "numHeads=2",
            "--set",
            "puzzleEmbDim=8",
            "--out",
            trained.resolve("run"));
    assertThat(run.code()).as(run.err()).isZero();
  }

  @BeforeEach
  void copies() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    try (Stream<Path> files = Files.list(trained.resolve("run"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
    Files.writeString(folder.resolve("grid.csv"), "question,answer\n1./.1,12/21\n");
    Files.writeString(
        folder.resolve("grid.json"),
        Files.readString(run.resolve("config.json"))
            .replace("\"sudoku\"", "\"grid\"")
            .replaceAll("(?s)\"options\" : \\{[^}]*}", "\"options\" : { }"));
    String pair = "{\"input\": [[1]], \"output\": [[2]]}";
    String task = "{\"train\": [" + pair + "], \"test\": [" + pair + "]}";
    Files.createDirectory(folder.resolve("twice"));
    for (String name : List.of("a_challenges.json", "arc_a_challenges.json")) {
      Files.writeString(folder.resolve("twice").resolve(name), "{\"t1\": " + task + "}");
    }
  }

  /** The command that is refused, what it is told, and the same command as it was told to be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          train --data SMALL --config demo --steps 2 --out @run | holds a run already; resume it | train --resume --steps 3 --out @run
          train --data SMALL --config demo --steps 2 --out @run | or choose another folder | train --data SMALL --config demo --set run.batch=2 --steps 1 --out @other
          train --resume --data sudoku:size=4 --out @run | train: --data has no effect with --resume | train --resume --set run.steps=3 --out @run
          train --resume --config demo --out @run | change single settings with --set | train --resume --set run.steps=3 --out @run
          train --resume --steps 1 --out @run | expected the step to end at, more than 2 to go on | train --resume --steps 3 --out @run
          train --resume --set data.options.train=9 --steps 3 --out @run | begin a new run for another | train --data sudoku:size=4,train=9,test=2 --config demo --set run.batch=2 --steps 1 --out @other
          train --data SMALL --from @run/model.safetensors --steps 1 --out @other | give --config too | train --data SMALL --from @run/model.safetensors --config demo --set run.batch=2 --steps 1 --out @other
          train --data sudoku:size=4,train=8,test=0 --config demo --steps 1 --out @other | turn evaluation off with run.evaluateEvery=-1 | train --data sudoku:size=4,train=8,test=0 --config demo --steps 1 --out @other --set run.evaluateEvery=-1 --set run.batch=2
          train --data sudoku:size=4,train=8,test=0 --config demo --steps 1 --out @other | name another with data.evaluationSplit | train --data sudoku:size=4,train=8,test=0 --config demo --steps 1 --out @other --set data.evaluationSplit=train --set run.batch=2
          train --data 0.5*SMALL --config demo --steps 1 --out @other | give --data several times | train --data 0.5*SMALL --data 0.5*sudoku:size=4,train=8,test=2,seed=2 --config demo --set run.batch=2 --steps 1 --out @other
          train --resume --rewind --steps 3 --out @run | resume without --rewind | train --resume --steps 3 --out @run
          train --data SMALL --config demo --patience 2 --set run.evaluateEvery=0 --out @other | 0, or run.evaluateEvery above 0 | train --data SMALL --config demo --patience 2 --set run.evaluateEvery=1 --set run.batch=2 --steps 1 --out @other
          train --config @grid.json --steps 1 --out @other | makes no puzzles of its own; set data.path to its files | train --config @grid.json --steps 1 --out @other --set data.path=@grid.csv
          import @run/model.safetensors --out @other | use it as it is | solve --model @run/model.safetensors --json --puzzle 1234341221434321
          solve --modle @run 1234341221434321 | see trm solve --help | solve --help
          """)
  void whatIsAdvisedWorks(String refused, String told, String advised) {
    Run first = Run.of((Object[]) words(refused));
    assertThat(first.code()).as(first.out()).isEqualTo(2);
    assertThat(first.err().lines().findFirst().orElse("")).startsWith("trm: ").contains(told);
    Run second = Run.of((Object[]) words(advised));
    // A model of one step may answer wrongly, which is code 1.
    assertThat(second.code()).as(second.err()).isIn(0, advised.startsWith("solve --m") ? 1 : 0);
    assertThat(second.out()).isNotEmpty();
  }

  private String[] words(String command) {
    return command.replace("SMALL", SMALL).replace("@", folder + "/").split(" ");
  }

  @Test
  void ofTwoSubsetsOfOneNameOneIsMovedAway() throws IOException {
    Run twice = Run.of("data", "info", "arc:" + folder.resolve("twice"));
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).hasLineCount(1).contains("are both the subset a; move one away");
    Files.delete(folder.resolve("twice/arc_a_challenges.json"));
    Run once = Run.of("data", "info", "arc:" + folder.resolve("twice") + "?solutions=optional");
    assertThat(once.code()).as(once.err()).isZero();
  }

  /** The message holds the options, ready to be taken over; one of two may say it is an error. */
  @ParameterizedTest
  @CsvSource({
    "'1./.1,12/21\n1./.1,12/21\n12/1.,22/11\n', 'either that answer is wrong, or it is an open cell'",
    "'12/21,12/21\n21/12,21/12\n', write which symbols are open",
  })
  void theOpenSymbolsMayBeSaid(String rows, String told) throws IOException {
    Path file = Files.writeString(folder.resolve("grid.csv"), "question,answer\n" + rows);
    Run asked = Run.of("data", "info", "grid:" + file);
    assertThat(asked.code()).isEqualTo(2);
    assertThat(asked.err()).hasLineCount(1).contains(told);
    Matcher option = Pattern.compile("\\?open=\\S*[^\\s.]|\\?open=\\.").matcher(asked.err());
    int followed = 0;
    while (option.find()) {
      Run said = Run.of("data", "info", "grid:" + file + option.group());
      if (!said.err().contains("the answer is wrong")) {
        assertThat(said.code()).as("%s: %s", option.group(), said.err()).isZero();
        followed++;
      }
    }
    assertThat(followed).isEqualTo(1);
  }

  @Test
  void theOtherBoxesMayBeMeant() throws IOException {
    Path file =
        Files.writeString(folder.resolve("six.txt"), ".23456456123362514514362231645645231\n");
    Run assumed = Run.of("data", "info", "sudoku:" + file);
    assertThat(assumed.code()).as(assumed.err()).isZero();
    assertThat(assumed.out() + assumed.err()).contains("2 rows x 3 columns is assumed");
    Run meant = Run.of("data", "info", "sudoku:" + file + "?boxes=3x2");
    assertThat(meant.out() + meant.err()).doesNotContain("is assumed");
  }

  /** A rate that is far too high, what is printed then, and what it advises. */
  @Test
  void aRunWhoseLossRoseGoesBack() {
    Path run = folder.resolve("run");
    Run wild =
        Run.of(
            "train",
            "--resume",
            "--steps",
            12,
            "--set",
            "learningRate=30",
            "--set",
            "optimizer.warmupSteps=0",
            "--set",
            "run.checkpointEvery=2",
            "--out",
            run);
    assertThat(wild.code()).as(wild.err()).isZero();
    Matcher advice = Pattern.compile("go back to it: trm (.*)").matcher(wild.out());
    assertThat(advice.find()).as(wild.out()).isTrue();
    Run back =
        Run.of((Object[]) (advice.group(1) + " --set learningRate=1e-4 --steps 8").split(" "));
    assertThat(back.code()).as(back.err()).isZero();
    assertThat(back.out()).contains("before the loss rose");
  }

  /** Every command, as the one before it prints it. */
  @Test
  void aRunInPartsGoesOn() throws IOException {
    Files.copy(
        folder.resolve("run/resume.safetensors"), folder.resolve("run/before-rise.safetensors"));
    Run written = Run.of("parts", "write", folder.resolve("run"), "--out", folder.resolve("parts"));
    assertThat(written.code()).as(written.err()).isZero();
    Run joined =
        Run.of("parts", "join", folder.resolve("parts"), "--out", folder.resolve("joined"));
    assertThat(joined.code()).as(joined.err()).isZero();
    assertThat(List.of(written.out(), joined.out()))
        .allMatch(out -> out.contains("before-rise.safetensors is not among the parts"));
    Matcher advice = Pattern.compile("go on with: trm (.*)").matcher(joined.out() + joined.err());
    assertThat(advice.find()).as(joined.out()).isTrue();
    Run on = Run.of((Object[]) (advice.group(1) + " --steps 3").split(" "));
    assertThat(on.code()).as(on.err()).isZero();
  }

  /** A heap that is too small for the batch, and a smaller batch in the same heap. */
  @Test
  void aSmallerBatchNeedsLessMemory() throws Exception {
    for (String batch : List.of("20000", "2")) {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx96m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  TrmMain.class.getName(),
                  "train",
                  "--data",
                  SMALL,
                  "--config",
                  "demo",
                  "--backend",
                  "cpu-scalar",
                  "--set",
                  "run.batch=" + batch,
                  "--steps",
                  "1",
                  "--out",
                  folder.resolve("batch" + batch).toString())
              .redirectErrorStream(true)
              .start();
      String said =
          new String(
              process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(said).isEqualTo(batch.equals("2") ? 0 : 2);
      if (!batch.equals("2")) {
        assertThat(said).contains("trm: out of memory", "use a smaller batch, or more");
      }
    }
  }

  @Test
  void anExportTakesAnotherName() {
    Object[] export = {
      "export", folder.resolve("run"), "--format", "torch", "--out", folder.resolve("first")
    };
    Run first = Run.of(export);
    assertThat(first.code()).as(first.err()).isZero();
    Run again = Run.of(export);
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).hasLineCount(1).contains("exists already; choose another name");
    export[5] = folder.resolve("second");
    assertThat(Run.of(export).code()).isZero();
  }
}
