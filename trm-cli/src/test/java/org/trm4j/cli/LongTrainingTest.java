package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.cli.train.TimeSpan;
import picocli.CommandLine;

/** Time, patience, mixtures and warm starts from the command line. */
class LongTrainingTest {
  private static final String EASY = "0:1,4:0.2*sudoku:size=4,train=endless,test=8,minGivens=9";
  private static final String HARD = "2*sudoku:size=4,train=endless,test=8,maxGivens=8";

  @TempDir private Path folder;

  private static Run train(Object... more) {
    List<Object> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(more));
    for (String set : List.of("hiddenSize=8", "numHeads=2", "puzzleEmbDim=8", "run.batch=8")) {
      all.add("--set");
      all.add(set);
    }
    return Run.of(all.toArray());
  }

  private static void refused(Run run, String message) {
    assertThat(run.code()).as(run.err()).isEqualTo(2);
    assertThat(run.err()).contains(message);
    assertThat(run.err().lines()).hasSize(1);
  }

  @Test
  void mixesEndsInTimeGoesOnAndBeginsWithAModel() {
    Path run = folder.resolve("run");
    Object[] mixture = {"--config", "demo", "--data", EASY, "--data", HARD, "--out", run};
    List<Object> first = new ArrayList<>(List.of(mixture));
    first.addAll(List.of("--steps", 6, "--for", "1d", "--set", "run.evaluateEvery=2"));
    Run trained = train(first.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(trained.out()).contains("the best so far, kept in " + run.resolve("best.safe"));

    Run late =
        Run.of("train", "--resume", "--out", run, "--steps", 9, "--for", "1s", "--patience", 0);
    assertThat(late.code()).as(late.err()).isZero();
    refused(Run.of("train", "--resume", "--out", run, "--steps", 3), "but the run is at step");
    refused(Run.of("train", "--resume", "--out", run, "--from", run), "--from has no effect");
    refused(Run.of("train", "--resume", "--out", run, "--seed", 5), "run.seed is 5, expected 0");

    Run info = Run.of("info", run);
    assertThat(info.err()).contains("the best evaluated (step ", "the last is ");
    assertThat(info.out()).contains("trained on", "maxGivens=8", "minGivens=9", "generator 1");
    Run json = Run.of("info", run, "--json");
    assertThat(json.out()).startsWith("{").contains("\"data\"");

    Path warm = folder.resolve("warm");
    Run began =
        Run.of("train", "--from", run, "--out", warm, "--steps", 1, "--data", HARD.substring(2));
    assertThat(began.code()).as(began.err()).isZero();
    assertThat(began.out()).contains("from " + run + ": ");
    refused(
        Run.of("train", "--from", run.resolve("best.safetensors"), "--out", folder.resolve("no")),
        "is no run folder, which would say how to train; give --config too");
  }

  /** A convolution's parameters fit every size; the command says so, and evaluates the result. */
  @Test
  void aConvolutionGoesOnFromSmallMazesToLargerOnes() {
    Path small = folder.resolve("small");
    List<Object> recipe = new ArrayList<>(List.of("train", "--config", "maze-15", "--out", small));
    for (String set :
        List.of("kernelSize=5", "hiddenSize=8", "run.batch=4", "steps=2", "evaluateEvery=-1")) {
      recipe.add("--set");
      recipe.add(set);
    }
    recipe.addAll(List.of("--data", "maze:size=5,minPath=2,train=endless,test=2"));
    Run trained = Run.of(recipe.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    Path larger = folder.resolve("larger");
    String data = "maze:size=9,minPath=2,train=endless,test=2";
    Run began = Run.of("train", "--from", small, "--out", larger, "--data", data);
    assertThat(began.code()).as(began.err()).isZero();
    assertThat(began.out())
        .containsPattern("from .*: (\\d+) of \\1 parameters")
        .contains("its data was maze {size=5}, this is maze {size=9}")
        .doesNotContain("begin at random");
    Run evaluated = Run.of("eval", "--model", larger, "--data", "maze:size=9,test=2,minPath=2");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    Run info = Run.of("info", larger, "--plan");
    assertThat(info.out()).contains("gridColumns=9, kernelSize=5", "gridConvolution(");
    recipe.addAll(List.of("--set", "puzzleEmbLen=1"));
    recipe.set(4, folder.resolve("none"));
    refused(Run.of(recipe.toArray()), "puzzleEmbLen is 1, expected 0 with mixer CONVOLUTION");
  }

  @Test
  void refusesWhatHasNoEffectOrNoMeaning() {
    Path run = folder.resolve("run");
    refused(
        train("--config", "demo", "--data", HARD, "--out", run), "a weight has no effect on one");
    refused(
        train("--config", "demo", "--data", EASY, "--data", "a*sudoku:size=4", "--out", run),
        "expected WEIGHT*LOCATION");
    refused(
        train("--config", "demo", "--data", EASY, "--data", "sudoku:size=6", "--out", run),
        "expected one kind of puzzle");
    refused(
        train("--config", "demo", "--out", run, "--patience", 2, "--set", "run.evaluateEvery=0"),
        "run.evaluateEvery above 0");
    refused(
        train("--config", "demo", "--out", run, "--rewind"), "--rewind has no effect on a new run");
    assertThat(run).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"90s, 90", "45m, 2700", "2h, 7200", "1d12h, 129600", "1h30m, 5400", "PT2H, 7200"})
  void readsTimes(String text, long seconds) {
    assertThat(new TimeSpan().convert(text)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @CsvSource({"2", "h", "-1h", "0s", "2 hours", "1h1d", "99999999999999999999d", "30000d"})
  void refusesOtherTimes(String text) {
    try {
      new TimeSpan().convert(text);
    } catch (CommandLine.TypeConversionException e) {
      assertThat(e).hasMessageContaining("expected a time such as 90s, 45m, 2h or 1d12h");
      return;
    }
    throw new AssertionError(text + " was read");
  }
}
