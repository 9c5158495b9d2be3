package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Answer;
import org.trm4j.Attempts;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Tensor;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;

/** Training a task with sets, terms and a transition: deduction on small Sudokus. */
class TaskTrainingTest {
  @TempDir Path folder;

  private static TrainingConfig config(String policy, int steps) {
    TrainingConfig demo =
        SettingsText.with(
            TrainingConfigs.recipe("demo"),
            List.of(
                "hiddenSize=16",
                "numHeads=2",
                "puzzleEmbDim=0",
                "puzzleEmbLen=" + (policy.equals("deduction") ? 1 : 0),
                "data.options.train=50",
                "data.options.test=20",
                "run.steps=" + steps,
                "run.batch=5",
                "run.logEvery=1",
                "run.evaluateEvery=0",
                "run.evaluatePuzzles=3",
                "run.checkpointEvery=0",
                "halting.maxSteps=4"));
    Map<String, Number> arguments =
        policy.equals("deduction")
            ? Map.of("loops", 2, "layers", 1)
            : Map.of("T", 2, "n", 1, "layers", 1);
    return demo.toBuilder().recursion(policy, arguments).build();
  }

  private static List<Double> train(TrainingConfig config, Path folder, int threads) {
    Recorder recorder = new Recorder();
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", threads)) {
      new TrainerFactory(Set.of(recorder)).start(config, dataset, backend, folder).run();
    }
    return recorder.losses();
  }

  private static List<Double> resume(Path folder, int steps) {
    Recorder recorder = new Recorder();
    try (Dataset dataset = RunFolder.open(folder).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of(recorder))
          .resume(folder, dataset, backend, run -> run.toBuilder().steps(steps).build())
          .run();
    }
    return recorder.losses();
  }

  @ParameterizedTest
  @ValueSource(strings = {"deduction", "trm-deduction", "eqr-deduction"})
  void aResumedRunRemembersWhatItsTransitionDid(String policy) {
    resumes(config(policy, 9));
  }

  /** In every other period of two steps a puzzle is shown under another symmetry. */
  @Test
  void aResumedRunShowsItsPuzzlesUnderTheSameSymmetries() {
    TrainingConfig config = config("eqr-deduction", 9).toBuilder().maxSteps(6).build();
    List<Double> turned =
        resumes(SettingsText.with(config, List.of("recursion.arguments.symmetrySteps=2")));
    List<Double> still = train(config, folder.resolve("still"), 1);
    assertThat(turned.subList(0, 2)).isEqualTo(still.subList(0, 2));
    assertThat(turned.get(2)).isNotEqualTo(still.get(2));
  }

  private List<Double> resumes(TrainingConfig config) {
    List<Double> whole = train(config, folder.resolve("whole"), 2);
    assertThat(whole).hasSize(9).allSatisfy(loss -> assertThat(loss).isFinite().isPositive());
    Path parts = folder.resolve("parts");
    List<Double> losses = new ArrayList<>(train(config.toBuilder().steps(4).build(), parts, 1));
    losses.addAll(resume(parts, 9));
    assertThat(losses).isEqualTo(whole);
    SavedModel expected = ModelFiles.read(folder.resolve("whole").resolve(ModelFiles.FILE_NAME));
    SavedModel found = ModelFiles.read(parts.resolve(ModelFiles.FILE_NAME));
    for (var entry : expected.parameters().tensors().entrySet()) {
      Tensor tensor = found.parameters().get(entry.getKey());
      assertThat(tensor.toArray()).as(entry.getKey()).containsExactly(entry.getValue().toArray());
    }
    return whole;
  }

  /** Sets shrink between the steps of a solve, and attempts draw their own decisions. */
  @Test
  void aTrainedModelSolvesWithItsTransition() {
    Path run = folder.resolve("run");
    TrainingConfig small = config("deduction", 250);
    TrainingConfig config =
        SettingsText.with(
            small,
            List.of(
                "hiddenSize=32",
                "run.batch=16",
                "learningRate=0.003",
                "warmupSteps=10",
                "averageDecay=0.9",
                "data.options.train=1000",
                "halting.maxSteps=8",
                "recursion.arguments.layers=2"));
    List<Double> losses = train(config, run, 2);
    assertThat(mean(losses.subList(230, 250))).isLessThan(0.6 * mean(losses.subList(0, 20)));
    SolveOptions options =
        SolveOptions.DEFAULT.withMaxSteps(24).withAttempts(Attempts.verified(8, 0, 1));
    try (Dataset dataset = config.data().open();
        TrmModel model =
            TrmModel.open(ModelFiles.read(run.resolve(ModelFiles.FILE_NAME)), "cpu-scalar", 2)) {
      int verified = 0;
      long steps = 0;
      for (int i = 0; i < 20; i++) {
        int[] question = dataset.split("test").get(i).tokens();
        Puzzle puzzle = new Puzzle(question, 0);
        Answer answer = model.solve(puzzle, options);
        assertThat(model.solve(puzzle, options).tokens()).containsExactly(answer.tokens());
        for (int cell = 0; cell < question.length; cell++) {
          if (!dataset.domain().codec().blank(question[cell])) {
            assertThat(answer.tokens()[cell]).isEqualTo(question[cell]);
          }
        }
        verified += answer.verified() ? 1 : 0;
        steps = Math.max(steps, answer.totalSteps());
      }
      assertThat(verified).as("losses %s", losses.subList(240, 250)).isGreaterThanOrEqualTo(10);
      assertThat(steps).isGreaterThan(1);
    }
  }

  /** A run of deduction begins with what a plain model has learned. */
  @Test
  void startsFromAPlainModel() {
    TrainingConfig plain = config("trm", 3);
    train(plain, folder.resolve("plain"), 2);
    WarmStart start = WarmStart.from(folder.resolve("plain"));
    TrainingConfig config = config("trm-deduction", 2);
    try (Dataset dataset = config.data().open()) {
      ModelDescription target = config.describe(dataset);
      List<ParameterSpec> specs = target.plan().parameters();
      ParameterSet random = ParameterInitializer.initialize(specs, 1);
      WarmStart.StartingValues fit =
          start.fit(target, specs, RunWriter.names(config, dataset), random);
      ParameterSet learned = start.model().parameters();
      for (String name : List.of("heads.keep.weight", "heads.value.weight")) {
        assertThat(fit.parameters().get(name).toArray())
            .containsExactly(learned.get("lm_head.weight").toArray());
      }
      assertThat(fit.parameters().get("embed_sets.bias").toArray())
          .isNotEqualTo(random.get("embed_sets.bias").toArray());
      assertThat(fit.notes().toString())
          .contains("%s of %s parameters".formatted(specs.size() - 1, specs.size()));
    }
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(v -> v).average().orElseThrow();
  }
}
