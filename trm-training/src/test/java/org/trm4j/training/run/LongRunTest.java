package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.frontend.DataText;
import org.trm4j.training.TrainingException;
import org.trm4j.training.Weight;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;
import org.trm4j.training.mixture.MixtureDataset;

/** What long runs need: time, patience, the best model, warm starts, and a record of the data. */
class LongRunTest {
  @TempDir Path folder;

  private static TrainingConfig config(String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "data.options.train=endless",
                "run.steps=8",
                "run.logEvery=4",
                "run.evaluateEvery=2",
                "run.evaluatePuzzles=6",
                "halting.maxSteps=2"));
    overrides.addAll(List.of(more));
    return SmallRuns.config(overrides.toArray(String[]::new));
  }

  private interface Ending {
    TrainingResult of(Trainer trainer);
  }

  private static TrainingResult train(TrainingConfig config, Path run, Recorder recorder) {
    return train(config, run, recorder, null, Trainer::run);
  }

  private static TrainingResult train(
      TrainingConfig config, Path run, Recorder recorder, WarmStart from, Ending ending) {
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      return ending.of(
          new TrainerFactory(Set.of(recorder)).start(config, dataset, backend, run, from));
    }
  }

  private static TrainingResult resume(Path run, Ending ending, String... overrides) {
    try (Dataset dataset = RunFolder.open(run).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      return ending.of(
          new TrainerFactory(Set.of())
              .resume(run, dataset, backend, old -> SettingsText.with(old, List.of(overrides))));
    }
  }

  private static byte[] bytes(Path run, String name) throws Exception {
    return Files.readAllBytes(run.resolve(name));
  }

  @Test
  void aRunThatIsOutOfTimeGoesOnBitForBit() throws Exception {
    Path whole = folder.resolve("whole");
    train(config(), whole, new Recorder());
    Path parts = folder.resolve("parts");
    TrainingResult result =
        train(config(), parts, new Recorder(), null, trainer -> trainer.run(Duration.ZERO));
    assertThat(result.end()).isEqualTo(TrainingResult.End.OUT_OF_TIME);
    assertThat(result.stopped()).isFalse();
    assertThat(result.step()).isZero();
    assertThat(RunFolder.open(parts).resumeFile()).isRegularFile();
    for (long millis = 20; result.end() != TrainingResult.End.DONE; millis *= 2) {
      Duration time = Duration.ofMillis(millis);
      result = resume(parts, trainer -> trainer.run(time));
      assertThat(result.end()).isIn(TrainingResult.End.DONE, TrainingResult.End.OUT_OF_TIME);
    }
    for (String file : List.of("model.safetensors", "best.safetensors")) {
      assertThat(bytes(parts, file)).as(file).isEqualTo(bytes(whole, file));
    }
    assertThatThrownBy(() -> resume(parts, trainer -> trainer.run(Duration.ofSeconds(-1))))
        .hasMessageContaining("expected at least zero");
  }

  @Test
  void theBestEvaluatedModelIsKeptAndTaken() throws Exception {
    Recorder recorder = new Recorder();
    Path run = folder.resolve("run");
    train(config("optimizer.learningRate=0.01", "optimizer.warmupSteps=0"), run, recorder);
    int best = 0;
    for (int i = 1; i < recorder.evaluations.size(); i++) {
      EvaluationReport one = recorder.evaluations.get(i);
      EvaluationReport other = recorder.evaluations.get(best);
      if (one.exactAccuracy() > other.exactAccuracy()
          || (one.exactAccuracy() == other.exactAccuracy()
              && one.tokenAccuracy() > other.tokenAccuracy())) {
        best = i;
      }
    }
    assertThat(recorder.evaluations).hasSize(4);
    assertThat(ModelFiles.fileOf(run)).isEqualTo(RunFolder.open(run).bestFile());
    assertThat(ModelFiles.read(run).metadata())
        .containsEntry("step", Integer.toString(2 * (best + 1)))
        .containsEntry(
            "tokenAccuracy", Double.toString(recorder.evaluations.get(best).tokenAccuracy()));
    assertThat(ModelFiles.read(RunFolder.open(run).modelFile()).metadata())
        .containsEntry("step", "8");
    // A log that is lost lets no worse model replace the best.
    SavedModel perfect = ModelFiles.read(run);
    ModelFiles.write(
        RunFolder.open(run).bestFile(),
        new SavedModel(
            perfect.description(),
            perfect.parameters(),
            Map.of("step", "2", "exactAccuracy", "1.0", "tokenAccuracy", "1.0")));
    byte[] bytes = bytes(run, "best.safetensors");
    Files.delete(RunFolder.open(run).metricsFile());
    resume(run, Trainer::run, "run.steps=10");
    assertThat(bytes(run, "best.safetensors")).isEqualTo(bytes);
    for (String without : List.of("run.evaluateEvery=-1", "run.keepBest=false")) {
      Path other = folder.resolve(without);
      train(config("run.steps=2", without), other, new Recorder());
      assertThat(ModelFiles.fileOf(other)).isEqualTo(RunFolder.open(other).modelFile());
    }
  }

  /** Without learning no evaluation is better than the first. */
  @Test
  void patienceEndsARunAndOutlastsAnInterruption() {
    String[] still = {"optimizer.learningRate=0", "run.patience=2"};
    Path run = folder.resolve("run");
    TrainingResult result = train(config(still), run, new Recorder());
    assertThat(result.end()).isEqualTo(TrainingResult.End.OUT_OF_PATIENCE);
    assertThat(result.step()).isEqualTo(6);
    assertThat(resume(run, Trainer::run).step()).isEqualTo(6);
    Path parts = folder.resolve("parts");
    train(
        config("optimizer.learningRate=0", "run.patience=2", "run.steps=4"), parts, new Recorder());
    result = resume(parts, Trainer::run, "run.steps=8");
    assertThat(result.end()).isEqualTo(TrainingResult.End.OUT_OF_PATIENCE);
    assertThat(result.step()).isEqualTo(6);
    assertThat(resume(run, Trainer::run, "run.patience=3").step()).isEqualTo(8);
    Path unkept = folder.resolve("unkept");
    train(config(still[0], still[1], "run.keepBest=false", "run.steps=4"), unkept, new Recorder());
    assertThat(resume(unkept, Trainer::run, "run.steps=8").step()).isEqualTo(6);
    assertThat(unkept.resolve("best.safetensors")).doesNotExist();
    assertThatThrownBy(() -> config("run.patience=1", "run.evaluateEvery=0"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("run.patience is 1, expected 0, or run.evaluateEvery above 0");
  }

  /** Figures of other puzzles or steps are not compared, and a resumed run says so. */
  @ParameterizedTest
  @ValueSource(strings = {"run.evaluatePuzzles=20", "halting.maxSteps=3", "run.evaluatePuzzles=6"})
  void evaluationsOverSomethingElseBeginAnew(String change) throws Exception {
    boolean other = !change.endsWith("=6");
    Path run = folder.resolve("run");
    train(config("optimizer.learningRate=0", "run.patience=2", "run.steps=4"), run, new Recorder());
    List<String> notes = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void started(TrainingListener.Start start) {
            notes.addAll(start.notes());
          }
        };
    TrainingResult result;
    try (Dataset dataset = RunFolder.open(run).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      result =
          new TrainerFactory(Set.of(recorder))
              .resume(
                  run,
                  dataset,
                  backend,
                  old -> SettingsText.with(old, List.of("run.steps=12", change)))
              .run();
    }
    // Two evaluations of the first kind count for nothing: the first of the second kind is the
    // best.
    assertThat(result.step()).isEqualTo(other ? 10 : 6);
    assertThat(notes).hasSize(other ? 1 : 0);
    if (other) {
      assertThat(notes.getFirst())
          .contains("evaluations are over ", "were over 6 puzzles of test in 2 steps")
          .contains("patience and the best model begin anew");
      assertThat(ModelFiles.read(RunFolder.open(run).bestFile()).metadata())
          .containsEntry("step", "6");
      // A second interruption knows it too.
      assertThat(resume(run, Trainer::run).step()).isEqualTo(10);
    }
  }

  @Test
  void aWarmStartTakesWhatFitsAndNamesTheRest() {
    Path first = folder.resolve("first");
    train(config("run.steps=3"), first, new Recorder());
    WarmStart from = WarmStart.from(first);
    List<String> notes = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void started(TrainingListener.Start start) {
            notes.addAll(start.notes());
          }
        };
    String[] still = {
      "optimizer.learningRate=0", "puzzleLearningRate=0", "run.steps=1", "run.evaluateEvery=-1"
    };
    Path same = folder.resolve("same");
    train(config(still), same, recorder, from, Trainer::run);
    assertThat(notes).hasSize(1).first().asString().containsPattern("from .*: (\\d+) of \\1 param");
    SavedModel model = ModelFiles.read(same);
    from.model()
        .parameters()
        .tensors()
        .forEach((name, tensor) ->
            assertThat(model.parameters().get(name).toArray())
                .as(name)
                .containsExactly(tensor.toArray(), within(1e-6f)));
    assertThat(model.metadata().get("from"))
        .startsWith("model of step 2, recipe demo\n  trained on sudoku {")
        .contains("train=endless");

    notes.clear();
    Path larger = folder.resolve("larger");
    String[] six = {still[0], still[1], still[2], still[3], "data.options.size=6", "layers=2"};
    train(config(six), larger, recorder, WarmStart.from(same), Trainer::run);
    assertThat(String.join("\n", notes))
        .contains("its data was sudoku {size=4}, this is sudoku {size=6}")
        .contains("lm_head.weight (it has ")
        .contains("(it has none)");
    assertThat(ModelFiles.read(larger).metadata().get("from"))
        .startsWith("model of step 1, recipe demo\n  trained on sudoku {")
        .contains("\nmodel of step 2, recipe demo\n");
    resume(larger, Trainer::run, "run.steps=2");
    assertThat(ModelFiles.read(larger).metadata().get("from")).contains("\nmodel of step 2");
  }

  /** A model of small mazes goes on with larger ones: nothing of it depends on the size. */
  @Test
  void aConvolutionGoesOnWithALargerGrid() {
    String[] small = {
      "data.dataset=maze",
      "data.options.size=5",
      "data.options.minPath=2",
      "model.mixer=CONVOLUTION",
      "model.positions=NONE",
      "puzzleEmbDim=0",
      "puzzleEmbLen=0",
      "model.kernelSize=5",
      "run.steps=2",
      "run.evaluateEvery=-1"
    };
    Path first = folder.resolve("first");
    train(config(small), first, new Recorder());
    SavedModel trained = ModelFiles.read(first);
    assertThat(trained.description().config().gridColumns()).isEqualTo(5);
    List<String> larger = new ArrayList<>(List.of(small));
    larger.addAll(List.of("data.options.size=7", "run.steps=1", "optimizer.learningRate=0"));
    List<String> notes = new ArrayList<>();
    Recorder recorder =
        new Recorder() {
          @Override
          public void started(TrainingListener.Start start) {
            notes.addAll(start.notes());
          }
        };
    Path next = folder.resolve("next");
    train(
        config(larger.toArray(String[]::new)), next, recorder, WarmStart.from(first), Trainer::run);
    assertThat(notes)
        .hasSize(2)
        .anySatisfy(note -> assertThat(note).containsPattern("from .*: (\\d+) of \\1 param"))
        .contains("its data was maze {size=5}, this is maze {size=7}");
    SavedModel model = ModelFiles.read(next);
    assertThat(model.description().config().gridColumns()).isEqualTo(7);
    assertThat(model.description().config().kernelSize()).isEqualTo(5);
    assertThat(model.parameters().tensors())
        .containsOnlyKeys(trained.parameters().tensors().keySet());
    trained
        .parameters()
        .tensors()
        .forEach((name, tensor) ->
            assertThat(model.parameters().get(name).toArray())
                .as(name)
                .containsExactly(tensor.toArray(), within(1e-6f)));
  }

  @Test
  void aModelSaysWhatItWasTrainedOn() {
    Path run = folder.resolve("run");
    train(config("run.steps=2", "run.seed=7"), run, new Recorder());
    assertThat(ModelFiles.read(run).metadata())
        .containsEntry("recipe", "demo")
        .containsEntry("seed", "7")
        .containsEntry("examples", "4")
        .doesNotContainKey("from")
        .hasEntrySatisfying(
            "data",
            data ->
                assertThat(data)
                    .startsWith("sudoku {")
                    .contains("seed=1", "test=20", "train=endless")
                    .containsPattern("generated generator [1-9]"));
  }

  /** A mixture that a program makes is found again in the configuration. */
  @Test
  void aMixtureFromJavaIsResumedFromItsConfiguration() {
    String easy = "sudoku:size=4,train=endless,test=20,minGivens=10";
    String hard = "sudoku:size=4,train=endless,test=20,maxGivens=6";
    Weight fading = Weight.linear(0, 1, 4, 0.25);
    Path run = folder.resolve("run");
    try (Dataset mixture =
            new MixtureDataset(
                List.of(
                    new MixtureDataset.Part(DataText.open(easy), fading),
                    new MixtureDataset.Part(DataText.open(hard), Weight.ONE)));
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of()).start(config("run.steps=3"), mixture, backend, run).run();
    }
    DataSettings kept = RunFolder.open(run).config().data();
    assertThat(kept.weight()).isEqualTo(fading);
    assertThat(kept.mixture())
        .hasSize(1)
        .first()
        .extracting(DataSettings.Part::weight)
        .isEqualTo(Weight.ONE);
    assertThat(kept.mixture().getFirst().options()).containsEntry("maxGivens", "6");
    assertThat(resume(run, Trainer::run, "run.steps=5").step()).isEqualTo(5);
    assertThat(ModelFiles.read(run).metadata().get("data").lines()).hasSize(2);
    assertThatThrownBy(() -> resume(run, Trainer::run, "data.weight=1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("data.weight is 1, expected 0:1,4:0.25");
  }
}
