package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.cli.terminal.Failures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CurveTest {
  private static final String DATA = "sudoku:size=4,train=0,test=12,seed=5";

  @TempDir private Path folder;

  @Test
  void writesTextCsvAndAPicture() throws Exception {
    Path out = folder.resolve("curve");
    Run run =
        Run.of(
            "curve",
            "--model=sudoku-4",
            "--data=" + DATA,
            "--steps=3",
            "--attempts=1,2",
            "--seeds=1,2",
            "--out",
            out);
    assertThat(run.code()).as(run.err()).isZero();
    List<String> text = Files.readAllLines(out.resolve("curve.txt"));
    assertThat(run.out()).startsWith(String.join("\n", text));
    assertThat(text.getFirst()).startsWith("sudoku-4 on 12 puzzles of " + DATA);
    List<String> csv = Files.readAllLines(out.resolve("curve.csv"));
    assertThat(csv.getFirst())
        .isEqualTo("network,axis,value,seed,exact,verified,stepsPerPuzzle,secondsPerPuzzle");
    assertThat(csv.stream().skip(1).map(line -> line.replaceAll("(,[^,]*){4}$", "")))
        .containsExactlyInAnyOrder(
            "trained,steps,1,1",
            "trained,steps,2,1",
            "trained,steps,3,1",
            "trained,attempts,1,1",
            "trained,attempts,2,1",
            "trained,steps,1,2",
            "trained,steps,2,2",
            "trained,steps,3,2",
            "trained,attempts,1,2",
            "trained,attempts,2,2");
    var picture = ImageIO.read(out.resolve("curve.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(1000);
  }

  /** The figures are those of an evaluation, which counts in another way. */
  @Test
  void agreesWithTheEvaluation() throws Exception {
    JsonNode curve =
        new JsonMapper()
            .readTree(
                Run.of(
                        "curve",
                        "--model=sudoku-4",
                        "--data=" + DATA,
                        "--steps=3",
                        "--attempts=1",
                        "--seeds=1",
                        "--json")
                    .out());
    JsonNode evaluation =
        new JsonMapper()
            .readTree(
                Run.of("eval", "--model=sudoku-4", "--data=" + DATA, "--steps=3", "--json").out());
    Map<Integer, Double> exact = new TreeMap<>();
    double verified = 0;
    for (JsonNode point : curve) {
      if (point.get("axis").stringValue().equals("STEPS")) {
        exact.put(point.get("value").intValue(), point.get("exact").doubleValue());
        verified = point.get("verified").doubleValue();
      } else {
        assertThat(point.get("verified").doubleValue()).isGreaterThanOrEqualTo(verified);
        assertThat(point.get("stepsPerPuzzle").doubleValue()).isBetween(1.0, 16.0);
      }
    }
    for (int step = 1; step <= 3; step++) {
      assertThat(exact.get(step))
          .isEqualTo(evaluation.get("exactAccuracyByStep").get(step - 1).doubleValue());
    }
    assertThat(verified).isGreaterThanOrEqualTo(exact.get(3)).isPositive();
  }

  /**
   * Puzzles that one attempt solves are not tried again, which changes no figure; nor does an
   * evaluation with so many attempts find others. Before training the same search finds none.
   */
  @Test
  void moreAttemptsAreThoseOfAnEvaluation() throws Exception {
    String data = "--data=sudoku:size=6,train=0,test=10,seed=5,minGivens=8,maxGivens=9";
    JsonNode curve =
        new JsonMapper()
            .readTree(
                Run.of(
                        "curve",
                        "--model=sudoku-6",
                        data,
                        "--steps=2",
                        "--attempt-steps=2",
                        "--attempts=1,3",
                        "--seeds=4",
                        "--untrained",
                        "--json")
                    .out());
    for (String network : List.of("trained", "untrained")) {
      for (JsonNode point : curve.get(network)) {
        if (point.get("axis").stringValue().equals("STEPS")) {
          continue;
        }
        Run run =
            Run.of(
                "eval",
                "--model=sudoku-6",
                data,
                "--steps=2",
                "--halt=verified",
                "--choose=VERIFIER",
                "--seed=4",
                "--attempts=" + point.get("value").intValue(),
                network.equals("untrained") ? "--untrained" : "--batch=32",
                "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode evaluation = new JsonMapper().readTree(run.out());
        assertThat(point.get("verified").doubleValue())
            .as("%s: %s", network, point)
            .isEqualTo(evaluation.get("verified").doubleValue());
        if (network.equals("untrained")) {
          assertThat(point.get("verified").doubleValue()).isZero();
        } else {
          assertThat(point.get("verified").doubleValue()).isPositive();
        }
      }
    }
  }

  @Test
  void whatCannotBeMeasuredIsRefused() {
    Run other = Run.of("curve", "--model=sudoku-4", "--data=maze:size=4,minPath=2,train=0,test=2");
    assertThat(other.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(other.err()).contains("maze").contains("expected sudoku");
    Run none = Run.of("curve", "--model=sudoku-4", "--data=" + DATA, "--attempts=0");
    assertThat(none.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(none.err()).contains("attempts [0]").contains("at least 1");
  }
}
