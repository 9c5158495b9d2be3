package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.cli.terminal.Failures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code trm data} from generation to pictures. */
class DataCommandTest {
  @TempDir private Path folder;

  private static Run done(Object... args) {
    Run run = Run.of(args);
    assertThat(run.code()).as(run.err()).isZero();
    return run;
  }

  private static JsonNode json(Run run) {
    return new JsonMapper().readTree(run.out());
  }

  @Test
  void listsDataSetsAndSources() {
    assertThat(done("data", "list").out())
        .contains("sudoku", "maze", "arc", "augmentations", "arc-agi-1", "Apache-2.0");
    JsonNode list = json(done("data", "list", "--json"));
    assertThat(list.get("datasets").get("arc").get("generates").booleanValue()).isFalse();
    assertThat(list.get("sources").size()).isGreaterThanOrEqualTo(4);
  }

  @Test
  void generatesBuildsChecksAndReports() throws Exception {
    Path csv = folder.resolve("csv");
    done("data", "generate", "maze:size=7,minPath=12,train=30,test=10", "--out", csv);
    assertThat(Files.readAllLines(csv.resolve("train.csv")))
        .hasSize(31)
        .first()
        .isEqualTo("source,question,answer,rating");
    assertThat(done("data", "verify", csv).out()).contains("{train=30, test=10}: all valid");

    Path built = folder.resolve("built");
    JsonNode build =
        json(done("data", "build", csv, "--augmentations", 7, "--out", built, "--json"));
    assertThat(build.get("examples").get("train").intValue()).isEqualTo(240);
    JsonNode info = json(done("data", "info", built, "--json"));
    JsonNode train = info.get("splits").get("train");
    assertThat(train.get("examples").intValue()).isEqualTo(240);
    assertThat(train.get("groups").intValue()).isEqualTo(30);
    assertThat(train.get("symmetric").intValue()).isEqualTo(210);
    assertThat(info.get("symmetricLeaks").intValue()).isZero();

    String text = done("data", "info", csv).out();
    assertThat(text).contains("sequences of 49 tokens, vocabulary 6", "rating 8-15", "leakage: 0");
    Run again = Run.of("data", "build", built, "--out", folder.resolve("twice"));
    assertThat(again.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(again.err()).contains("is a built folder, expected its source");
  }

  @Test
  void findsLeakageUpToSymmetryAndDuplicates() throws Exception {
    String header = "source,question,answer,rating\n";
    Files.writeString(
        folder.resolve("train.csv"),
        header + ",3.1.4..2.......1,3214413214232341,\n,3.1.4..2.......1,3214413214232341,\n");
    // The same puzzle with 1 and 2 exchanged.
    Files.writeString(folder.resolve("test.csv"), header + ",3.2.4..1.......2,3124423124131342,\n");
    JsonNode info = json(done("data", "info", folder, "--json"));
    assertThat(info.get("leaks").intValue()).isZero();
    assertThat(info.get("symmetricLeaks").intValue()).isEqualTo(1);
    assertThat(info.get("splits").get("train").get("duplicates").intValue()).isEqualTo(1);
  }

  @Test
  void invalidRowsAreErrorsOrListed() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("train.csv"),
            "source,question,answer,rating\n,3.1.4..2.......1,3214413214232341,\n,33..............,,\n");
    Run refused = Run.of("data", "verify", file);
    assertThat(refused.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(refused.err()).contains("train.csv: line 3: ", "row 1 holds 3 twice");
    Run listed = Run.of("data", "verify", "--skip-invalid", file);
    assertThat(listed.code()).isEqualTo(1);
    assertThat(listed.out()).contains("train.csv: line 3: ", "{train=1}: 1 invalid");
    assertThat(done("data", "info", "--skip-invalid", file).out())
        .contains("1 rows were left out:", "line 3");
  }

  @Test
  void findsWrongAnswersInBuiltFolders() throws Exception {
    Path csv = folder.resolve("csv");
    Path built = folder.resolve("built");
    done("data", "generate", "sudoku:size=4,train=5,test=1", "--out", csv);
    done("data", "build", csv, "--out", built);
    Path labels = built.resolve("train/all__labels.npy");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[128 + 2 * 16] = (byte) (bytes[128 + 2 * 16] == 2 ? 3 : 2);
    bytes[128 + 3 * 16] = 77;
    Files.write(labels, bytes);
    Run run = Run.of("data", "verify", built);
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.out())
        .contains("train: line 3: the answer is wrong", "train: line 4: ")
        .contains("all__labels.npy: row 3, column 0 is 77, expected 0 to 5");
    assertThat(done("data", "info", built).out())
        .contains("all__labels.npy: row 3, column 0 is 77, expected 0 to 5");
  }

  @Test
  void drawsPictures() throws Exception {
    Path png = folder.resolve("a.png");
    Path svg = folder.resolve("a.svg");
    for (String data :
        new String[] {"sudoku:size=6,test=3,train=1", "maze:size=9,test=3,train=1"}) {
      String text =
          done("data", "show", data, "--index", 1, "--count", 2, "--png", png, "--svg", svg).out();
      assertThat(text).contains("test 1", "test 2");
      BufferedImage image = ImageIO.read(png.toFile());
      int cells = data.startsWith("sudoku") ? 6 : 9;
      assertThat(image.getWidth()).isEqualTo(24 + 4 * (cells * 24 + 24));
      assertThat(image.getHeight()).isEqualTo(cells * 24 + 48);
      assertThat(
              DocumentBuilderFactory.newInstance()
                  .newDocumentBuilder()
                  .parse(svg.toFile())
                  .getElementsByTagName("rect")
                  .getLength())
          .isEqualTo(4 * cells * cells + 1);
    }
    Run outside = Run.of("data", "show", "maze:size=9,test=3,train=1", "--index", 3);
    assertThat(outside.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(outside.err()).contains("examples 3 to 3, test has 0 to 2");
  }

  @Test
  void fetchSaysWhatIsMissing() {
    Run unknown = Run.of("data", "fetch", "chess");
    assertThat(unknown.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(unknown.err()).contains("unknown source chess", "maze-hard");
    Run offline = Run.of("data", "fetch", "arc-agi-1", "--offline", "--cache", folder);
    assertThat(offline.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(offline.err()).contains("arc-agi_training_challenges.json is not in");
    Run proxy = Run.of("data", "fetch", "arc-agi-1", "--proxy", "nonsense", "--cache", folder);
    assertThat(proxy.err()).contains("proxy 'nonsense', expected host:port");
  }
}
