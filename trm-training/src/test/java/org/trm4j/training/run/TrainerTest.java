package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.evaluation.EvaluationReport;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;

class TrainerTest {
  private static final List<String> SMALL =
      List.of(
          "hiddenSize=16",
          "numHeads=2",
          "puzzleEmbDim=16",
          "data.options.train=50",
          "data.options.test=20",
          "run.steps=12",
          "run.batch=5",
          "run.logEvery=1",
          "run.evaluateEvery=0",
          "run.evaluatePuzzles=3",
          "run.checkpointEvery=0",
          "halting.maxSteps=3");

  @TempDir Path folder;

  private static TrainingConfig config(String... more) {
    List<String> overrides = new ArrayList<>(SMALL);
    overrides.addAll(List.of(more));
    return SettingsText.with(TrainingConfigs.recipe("demo"), overrides);
  }

  private static Recorder train(TrainingConfig config, Path folder, int threads) {
    Recorder recorder = new Recorder();
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", threads)) {
      new TrainerFactory(Set.of(recorder)).start(config, dataset, backend, folder).run();
    }
    return recorder;
  }

  private static Recorder resume(Path folder, String... overrides) {
    Recorder recorder = new Recorder();
    try (Dataset dataset = RunFolder.open(folder).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of(recorder))
          .resume(folder, dataset, backend, run -> SettingsText.with(run, List.of(overrides)))
          .run();
    }
    return recorder;
  }

  @Test
  void sameSeedGivesTheSameLossesWhateverTheThreads() {
    List<Double> one = train(config(), folder.resolve("one"), 1).losses();
    List<Double> two = train(config(), folder.resolve("two"), 2).losses();
    assertThat(one).hasSize(12).isEqualTo(two).allSatisfy(loss -> assertThat(loss).isFinite());
    assertThat(train(config("run.seed=1"), folder.resolve("other"), 1).losses()).isNotEqualTo(one);
  }

  @Test
  void resumedRunIsBitForBitTheUninterruptedOne() {
    List<Double> whole = train(config(), folder.resolve("whole"), 1).losses();
    Path parts = folder.resolve("parts");
    List<Double> losses = new ArrayList<>(train(config("run.steps=5"), parts, 1).losses());
    losses.addAll(resume(parts, "run.steps=12").losses());
    assertThat(losses).isEqualTo(whole);
    SavedModel expected = ModelFiles.read(folder.resolve("whole/model.safetensors"));
    SavedModel found = ModelFiles.read(RunFolder.open(parts).modelFile());
    for (var entry : expected.parameters().tensors().entrySet()) {
      Tensor tensor = found.parameters().get(entry.getKey());
      assertThat(tensor.toArray()).as(entry.getKey()).containsExactly(entry.getValue().toArray());
    }
  }

  /** Random starts and noise follow from each example's number and its count of draws. */
  @Test
  void resumedRunWithNoiseIsBitForBitTheUninterruptedOne() {
    String[] eqr = {"recursion.policy=eqr", "recursion.arguments.sigma=0.2"};
    List<Double> whole = train(config(eqr), folder.resolve("whole"), 1).losses();
    Path parts = folder.resolve("parts");
    List<Double> losses =
        new ArrayList<>(train(config(eqr[0], eqr[1], "run.steps=5"), parts, 1).losses());
    losses.addAll(resume(parts, "run.steps=12").losses());
    assertThat(losses).isEqualTo(whole);
    List<Double> quiet =
        train(config(eqr[0], "recursion.arguments.sigma=0"), folder.resolve("quiet"), 1).losses();
    assertThat(quiet).isNotEqualTo(whole);
  }

  @Test
  void metricsWindowSurvivesAnInterruption() {
    List<Double> whole = train(config("run.logEvery=4"), folder.resolve("whole"), 1).losses();
    Path parts = folder.resolve("parts");
    Recorder first = new Recorder();
    TrainingConfig config = config("run.logEvery=4");
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      Trainer[] trainer = new Trainer[1];
      TrainingListener stopper =
          new TrainingListener() {
            @Override
            public void stepped(long step) {
              if (step == 6) {
                trainer[0].requestStop();
              }
            }
          };
      trainer[0] =
          new TrainerFactory(Set.of(first, stopper)).start(config, dataset, backend, parts);
      TrainingResult result = trainer[0].run();
      assertThat(result.stopped()).isTrue();
      assertThat(result.step()).isEqualTo(6);
    }
    assertThat(ModelFiles.read(RunFolder.open(parts).modelFile()).metadata())
        .containsEntry("step", "6");
    List<Double> losses = new ArrayList<>(first.losses());
    losses.addAll(resume(parts).losses());
    assertThat(losses).isEqualTo(whole);
  }

  @Test
  void resumeForgetsMetricsAfterTheCheckpoint() throws Exception {
    train(config(), folder.resolve("run"), 1);
    Path metrics = folder.resolve("run/metrics.jsonl");
    Files.writeString(
        metrics, Files.readString(metrics) + "{\"event\":\"train\",\"step\":99}\n{\"event\":\"tra");
    resume(folder.resolve("run"), "run.steps=13");
    assertThat(Files.readString(metrics))
        .doesNotContain("\"step\":99")
        .contains("\"step\":13")
        .endsWith("}\n");
    assertThat(RunFolder.open(folder.resolve("run")).config().run().steps()).isEqualTo(13);
  }

  @Test
  void savesAndEvaluatesInTheRhythmAskedFor() {
    Recorder recorder =
        train(
            config("run.evaluateEvery=5", "run.checkpointEvery=4", "run.evaluatePuzzles=7"),
            folder,
            1);
    assertThat(recorder.saves).containsExactly(4L, 5L, 8L, 10L, 12L);
    assertThat(recorder.evaluations).hasSize(3);
    EvaluationReport report = recorder.evaluations.getLast();
    assertThat(report.puzzles()).isEqualTo(7);
    assertThat(report.steps()).hasSize(3);
    assertThat(report.meanSteps()).isEqualTo(3);
    assertThat(report.tokenAccuracy()).isBetween(0.0, 1.0);
  }

  @Test
  void refusesAFolderThatHoldsARun() {
    train(config("run.steps=1"), folder.resolve("run"), 1);
    assertThatThrownBy(() -> train(config(), folder.resolve("run"), 1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("holds a run already");
    assertThatThrownBy(() -> resume(folder.resolve("run"), "run.batch=6"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("run.batch cannot change");
  }

  @Test
  void settingsThatAreRefusedLeaveTheFolderAsItWas() throws Exception {
    Path run = folder.resolve("run");
    train(config("run.steps=2"), run, 1);
    String before = Files.readString(run.resolve("config.json"));
    for (String refused :
        List.of(
            "run.batch=6",
            "model.expansion=40",
            "recursion.policy=none",
            "model.numHeads=3",
            "recursion.arguments.layers=3")) {
      assertThatThrownBy(() -> resume(run, refused)).as(refused).isInstanceOf(Exception.class);
      assertThat(Files.readString(run.resolve("config.json"))).as(refused).isEqualTo(before);
    }
    assertThat(resume(run, "run.steps=3").losses()).hasSize(1);
    assertThatThrownBy(() -> train(config("recursion.policy=none"), folder.resolve("new"), 1))
        .hasMessageContaining("unknown recursion policy none");
    assertThat(folder.resolve("new")).doesNotExist();
  }

  @Test
  void refusesAResumeFileThatLacksATensor() {
    Path run = folder.resolve("run");
    train(config("run.steps=2"), run, 1);
    Path file = RunFolder.open(run).resumeFile();
    Checkpoint whole = SafetensorsReader.read(file);
    for (String lacking :
        List.of(
            "weights.lm_head.weight",
            "optimizer.m.lm_head.weight",
            "optimizer.v.q_head.bias",
            "optimizer.ema.lm_head.weight",
            "slots.labels")) {
      Map<String, Tensor> rest = new LinkedHashMap<>(whole.tensors().tensors());
      assertThat(rest.remove(lacking)).as(lacking).isNotNull();
      SafetensorsWriter.write(file, new Checkpoint(new ParameterSet(rest), whole.metadata()));
      assertThatThrownBy(() -> resume(run))
          .as(lacking)
          .isInstanceOf(TrainingException.class)
          .hasMessageStartingWith("resume: ")
          .hasMessageContaining(lacking.replaceFirst("^(weights|optimizer)[.]", ""))
          .hasMessageContaining("missing");
    }
    SafetensorsWriter.write(file, whole);
    assertThat(resume(run, "run.steps=3").losses()).hasSize(1);
  }

  @Test
  void stopsWithOneLineWhenTheLossIsNotFinite() {
    assertThatThrownBy(() ->
            train(
                config("optimizer.learningRate=1e30", "optimizer.warmupSteps=0", "run.steps=40"),
                folder,
                1))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the loss is");
  }

  @Test
  void learns() {
    Recorder recorder =
        train(
            config("run.steps=40", "run.logEvery=10", "run.batch=8", "optimizer.warmupSteps=5"),
            folder,
            0);
    assertThat(recorder.losses().getLast()).isLessThan(recorder.losses().getFirst() * 0.9);
  }
}
