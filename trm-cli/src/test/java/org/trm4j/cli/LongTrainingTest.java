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
