package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.cli.terminal.Failures;
import org.trm4j.identity.IdentifierNames;

/** Models and data are matched by what they are, not by sizes. */
class IdentityTest {
  private static final String PAIR = "{\"input\": [[%s, 2]], \"output\": [[2, %s]]}";

  @TempDir private Path folder;

  private static String task(int colour) {
    return "{\"train\": [%s], \"test\": [%s]}"
        .formatted(PAIR.formatted(colour, colour), PAIR.formatted(colour + 1, colour + 1));
  }

  private Path tasks(String name, String... tasks) throws IOException {
    Path data = Files.createDirectories(folder.resolve(name));
    for (int i = 0; i < tasks.length; i++) {
      Files.writeString(data.resolve(tasks[i] + ".json"), task(tasks[i].charAt(0) % 5));
    }
    return data;
  }

  private Path train(String name, String data, Object... more) {
    Path run = folder.resolve(name);
    List<Object> all =
        new java.util.ArrayList<>(
            List.of("train", "--data", data, "--out", run, "--steps", 1, "--config", "arc-att"));
    all.addAll(List.of(more));
    for (String set :
        List.of(
            "hiddenSize=8",
            "numHeads=2",
            "puzzleEmbDim=8",
            "puzzleEmbLen=1",
            "recursion.arguments.n=1",
            "recursion.arguments.T=1",
            "recursion.arguments.layers=1",
            "run.batch=2",
            "run.evaluateEvery=-1",
            "halting.maxSteps=1")) {
      all.add("--set");
      all.add(set);
    }
    Run trained = Run.of(all.toArray());
    assertThat(trained.code()).as(trained.err()).isZero();
    return run;
  }

  private static Run evaluate(Path model, String data) {
    return Run.of("eval", "--model", model, "--data", data, "--steps", 1, "--json");
  }

  /** Tasks that were left out are not wrong, and make no submission. */
  @Test
  void someOfTheTasksMakeNoSubmission() throws Exception {
    Path run = train("some", arc(tasks("two", "aaaa0001", "bbbb0002")));
    Path out = folder.resolve("results");
    Run some =
        Run.of(
            "eval",
            "--model",
            run,
            "--data",
            arc(folder.resolve("two")),
            "--steps",
            1,
            "--puzzles",
            1,
            "--out",
            out);
    assertThat(some.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(some.out()).contains("1 puzzles of test", "ARC/tasks left out 1.0000");
    assertThat(some.err())
        .contains("1 of 2 test grids have no prediction", "evaluate all puzzles for a submission");
    assertThat(out.resolve("submission.json")).doesNotExist();
    Run all =
        Run.of(
            "eval",
            "--model",
            run,
            "--data",
            arc(folder.resolve("two")),
            "--steps",
            1,
            "--out",
            out);
    assertThat(all.code()).as(all.err()).isZero();
    assertThat(out.resolve("submission.json")).exists();
  }

  private static String arc(Path tasks) {
    return "arc:" + tasks + "?augmentations=2";
  }

  @Test
  void anArcModelKnowsItsTasksByName() throws Exception {
    Path run = train("run", arc(tasks("three", "aaaa0001", "bbbb0002", "cccc0003")));
    SavedModel model = ModelFiles.read(run);
    assertThat(IdentifierNames.of(model).names()).contains("<blank>", "aaaa0001", "cccc0003");
    Run same = evaluate(run, arc(folder.resolve("three")));
    assertThat(same.code()).as(same.err()).isZero();
    assertThat(same.err()).doesNotContain("by name", "by number");
    // Tasks that differ in one colour are the same up to symmetry.
    assertThat(same.err()).contains("questions of other splits are training questions");

    Run others = evaluate(run, arc(tasks("others", "dddd0004", "eeee0005")));
    assertThat(others.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(others.err())
        .contains("the model was not trained on", "such as dddd0004")
        .hasLineCount(1);

    Run fewer = evaluate(run, arc(tasks("fewer", "bbbb0002", "cccc0003")));
    assertThat(fewer.code()).as(fewer.err()).isZero();
    assertThat(fewer.err()).contains("are found by name");

    Path warm =
        train("warm", arc(tasks("more", "bbbb0002", "cccc0003", "ffff0006")), "--from", run);
    assertThat(ModelFiles.read(warm).metadata().get("from")).contains("trained on arc");
    Path nameless = folder.resolve("nameless.safetensors");
    ModelFiles.write(
        nameless, new SavedModel(model.description(), model.parameters(), java.util.Map.of()));
    Run unknown = evaluate(nameless, arc(folder.resolve("three")));
    assertThat(unknown.code()).as(unknown.err()).isZero();
    assertThat(unknown.err()).contains("note: the model does not name its tasks");
  }

  @Test
  void aPuzzleOfAnArcModelIsOfATask() throws Exception {
    Path run = train("run", arc(tasks("two", "aaaa0001", "bbbb0002")));
    Object[] solve = {"solve", "--model", run, "12/21", "--steps", 1, "--json"};
    Run refused = Run.of(solve);
    assertThat(refused.code()).isEqualTo(Failures.BAD_INPUT);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("tells 7 tasks apart, expected the name", "such as aaaa0001");
    Object[] named = java.util.Arrays.copyOf(solve, solve.length + 2);
    named[solve.length] = "--task";
    named[solve.length + 1] = "bbbb0002";
    Run solved = Run.of(named);
    assertThat(solved.code()).as(solved.err()).isZero();
    named[solve.length + 1] = "cccc0003";
    assertThat(Run.of(named).err()).contains("the model was not trained on it");
  }

  @Test
  void aModelOfOneKindOfPuzzleTakesNoOther() {
    Path run = train("run", "sudoku:size=6,train=8,test=2", "--set", "evaluationSplit=test");
    for (String other :
        List.of("maze:size=6,minPath=2,train=1,test=2", "sudoku:size=4,train=1,test=2")) {
      Run refused = evaluate(run, other);
      assertThat(refused.code()).as(other).isEqualTo(Failures.BAD_INPUT);
      assertThat(refused.err()).contains("expected sudoku {size=6} as the model was trained on");
    }
  }

  @Test
  void trainingPuzzlesAreNotTakenForOthersWithoutAWord() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    Files.writeString(
        data.resolve("train.csv"),
        "source,question,answer,rating\ns,1..4..122..3.32.,1234341221434321,0\n");
    Path run = train("run", data + "?size=4", "--set", "run.evaluateEvery=0");
    Run evaluated = evaluate(run, data + "?size=4");
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
    assertThat(evaluated.err())
        .contains("evaluated are the training puzzles themselves", "give a test file");
    Files.writeString(
        data.resolve("test.csv"),
        "source,question,answer,rating\ns,12344321214334..,1234432121433412,0\n");
    Run others = evaluate(run, "sudoku:" + data.resolve("test.csv") + "?size=4");
    assertThat(others.code()).as(others.err()).isZero();
    assertThat(others.err()).doesNotContain("training puzzles");
    Files.delete(data.resolve("test.csv"));
    Run checked = Run.of("data", "leakage", run);
    assertThat(checked.code()).as(checked.err()).isZero();
    assertThat(checked.out()).startsWith("0 of 1 training examples checked (2 positions used)");
  }
}
