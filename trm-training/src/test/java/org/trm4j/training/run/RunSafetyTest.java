package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.training.run.SmallRuns.assertSameWeights;
import static org.trm4j.training.run.SmallRuns.config;
import static org.trm4j.training.run.SmallRuns.resume;
import static org.trm4j.training.run.SmallRuns.step;
import static org.trm4j.training.run.SmallRuns.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.task.ParameterLayout;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.checkpoint.RunLock;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;

/** Nothing that a run has made is lost or replaced by something worse, whatever happens to it. */
class RunSafetyTest {
  @TempDir Path folder;

  @Test
  void savesBeforeItEvaluatesAndAStopEndsTheEvaluation() throws Exception {
    Path run = folder.resolve("run");
    SmallRuns.Stopper stopper = new SmallRuns.Stopper();
    TrainingResult result = train(config("run.evaluateEvery=2", "run.steps=6"), run, stopper);
    assertThat(result.stopped()).isTrue();
    assertThat(result.step()).isEqualTo(2);
    assertThat(stopper.evaluated).isEmpty();
    assertThat(step(run)).isEqualTo("2");
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).doesNotContain("evaluation");

    // What was not evaluated then is evaluated now, and once.
    resume(run);
    train(config("run.evaluateEvery=2", "run.steps=6"), folder.resolve("whole"));
    assertThat(evaluations(run)).isEqualTo(evaluations(folder.resolve("whole"))).hasSize(3);
    assertSameWeights(run, folder.resolve("whole"));
    resume(run);
    assertThat(evaluations(run)).hasSize(3);
  }

  private static List<String> evaluations(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .filter(line -> line.contains("\"event\":\"evaluation\""))
        .map(line -> line.replaceAll("\"(puzzlesPerSecond|seconds)\":[0-9.E-]+", ""))
        .toList();
  }

  @Test
  void evaluationCanBeTurnedOff() throws Exception {
    train(config(), folder.resolve("run"));
    assertThat(evaluations(folder.resolve("run"))).isEmpty();
    assertThatThrownBy(() -> config("run.evaluateEvery=-2")).hasMessageContaining("at least -1");
  }

  @Test
  void anEmptyOrMissingEvaluationSplitIsRefusedBeforeTheFirstStep() {
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> train(config("run.evaluateEvery=0", "data.evaluationSplit=exam"), run))
        .hasMessageContaining("exam");
    assertThatThrownBy(() -> train(config("run.evaluateEvery=0", "data.options.test=0"), run))
        .hasMessageContaining("test");
    assertThat(run).doesNotExist();
    train(config("data.options.test=0"), run);
    assertThat(step(run)).isEqualTo("4");
  }

  @Test
  void weightsThatAreNotFiniteNeverReplaceGoodOnes() {
    Path run = folder.resolve("run");
    String[] wild = {"optimizer.learningRate=1e38", "optimizer.warmupSteps=0"};
    assertThatThrownBy(() -> train(config(wild), folder.resolve("none")))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("nothing was saved");
    assertThat(folder.resolve("none/model.safetensors")).doesNotExist();

    train(config("run.steps=2"), run);
    assertThatThrownBy(() ->
            resume(run, "optimizer.learningRate=1e38", "run.steps=9", "run.checkpointEvery=1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("checkpoint of step");
    assertThat(ModelFiles.read(run).parameters().notFinite()).isEmpty();
    assertThat(ResumeState.read(RunFolder.open(run).resumeFile()).tensors().notFinite()).isEmpty();
  }

  /** The loss of that step is still a number: only the weights after it are not. */
  @Test
  void weightsThatOverflowInAStepAreNotSavedAfterIt() {
    Path run = folder.resolve("run");
    train(config("run.steps=2"), run);
    assertThatThrownBy(() ->
            resume(
                run,
                "optimizer.learningRate=3e38",
                "optimizer.weightDecay=1000",
                "optimizer.warmupSteps=0",
                "run.steps=9",
                "run.checkpointEvery=1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("training step 3: ")
        .hasMessageNotContaining("the loss is")
        .hasMessageContaining("checkpoint of step 2");
    assertThat(step(run)).isEqualTo("2");
    assertThat(ResumeState.read(RunFolder.open(run).resumeFile()).counters().step()).isEqualTo(2);
    assertThat(ModelFiles.read(run).parameters().notFinite()).isEmpty();
  }

  /** What the message advises: on from the checkpoint, with a lower rate. */
  @Test
  void aRunThatDivergedGoesOnFromItsCheckpointWithALowerRate() {
    Path run = folder.resolve("run");
    train(config("run.steps=2"), run);
    assertThatThrownBy(() ->
            resume(run, "optimizer.learningRate=1e38", "optimizer.warmupSteps=0", "run.steps=9"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("lower the learning rate (now 1.0E38)")
        .hasMessageContaining("and resume from the checkpoint of step 2 in " + run);
    assertThat(resume(run, "optimizer.learningRate=1e-4").step()).isEqualTo(9);
  }

  @Test
  void aModelWithValuesThatAreNotFiniteIsRefusedByName() {
    Path run = folder.resolve("run");
    train(config(), run);
    SavedModel good = ModelFiles.read(run);
    for (String parameter : List.of("lm_head.weight", ParameterLayout.PUZZLE_EMBEDDING)) {
      for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
        java.util.Map<String, Tensor> tensors =
            new java.util.LinkedHashMap<>(good.parameters().tensors());
        tensors.computeIfPresent(
            parameter,
            (name, tensor) -> {
              float[] values = tensor.toArray();
              values[7] = bad;
              return Tensor.of(tensor.shape(), values);
            });
        SavedModel model =
            new SavedModel(good.description(), new ParameterSet(tensors), good.metadata());
        assertThatThrownBy(() -> TrmModel.open(model, "cpu-scalar", 1).close())
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining(parameter)
            .hasMessageContaining(Float.toString(bad))
            .hasMessageContaining("index 7");
      }
    }
  }

  @Test
  void everyBitFlipInACheckpointIsNoticed() throws Exception {
    Path run = folder.resolve("run");
    train(config(), run);
    Path file = run.resolve("model.safetensors");
    byte[] good = Files.readAllBytes(file);
    java.util.SplittableRandom random = new java.util.SplittableRandom(5);
    for (int i = 0; i < 300; i++) {
      byte[] bad = good.clone();
      bad[random.nextInt(i < 150 ? 4_000 : bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bad);
      try {
        // A flip in the name of the checksum's key leaves a model without one, but no other harm.
        SavedModel read = ModelFiles.read(file);
        assertThat(Arrays.mismatch(good, bad)).isLessThan(4_000);
        assertThat(read.metadata().keySet())
            .anyMatch(key -> !List.of("step", "recipe", "examples", "seed", "data").contains(key));
      } catch (CheckpointException e) {
        assertThat(e).hasMessageContaining("model.safetensors");
      }
    }
    Files.write(file, good);
    assertThat(ModelFiles.read(file).metadata())
        .containsOnlyKeys("step", "recipe", "examples", "seed", "data");
  }

  @Test
  void aBrokenConfigurationIsRecoveredFromTheCheckpoint() throws Exception {
    Path run = folder.resolve("run");
    train(config("run.steps=6"), folder.resolve("whole"));
    for (String broken : new String[] {"", "{\"name\":", "gone"}) {
      Path part = folder.resolve("part" + broken.length());
      train(config("run.steps=3"), part);
      Path file = part.resolve("config.json");
      String before = Files.readString(file);
      if (broken.equals("gone")) {
        Files.delete(file);
      } else {
        Files.writeString(file, broken);
      }
      resume(part, "run.steps=6");
      assertThat(Files.readString(file))
          .isEqualTo(before.replace("\"steps\" : 3", "\"steps\" : 6"));
      assertSameWeights(part, folder.resolve("whole"));
    }
    assertThat(run).doesNotExist();
  }

  @Test
  void twoTrainersNeverShareARunFolder() throws Exception {
    Path run = folder.resolve("run");
    train(config(), run);
    try (RunLock lock = new RunFolder(run).lock()) {
      assertThatThrownBy(() -> resume(run, "run.steps=5"))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid() + " trains in it");
    }
    resume(run, "run.steps=5");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                LockHolder.class.getName(),
                run.toString())
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(holder.inputReader().readLine()).isEqualTo("locked");
      assertThatThrownBy(() -> resume(run, "run.steps=6"))
          .hasMessageContaining("process " + holder.pid() + " trains in it");
    } finally {
      holder.destroyForcibly();
      assertThat(holder.waitFor(1, TimeUnit.MINUTES)).isTrue();
    }
    // A killed process leaves no lock.
    assertThat(resume(run, "run.steps=6").step()).isEqualTo(6);
  }

  /** Holds a run folder's lock until it is killed. */
  static final class LockHolder {
    public static void main(String[] args) throws Exception {
      RunLock lock = new RunFolder(Path.of(args[0])).lock();
      System.out.println("locked");
      Thread.sleep(TimeUnit.MINUTES.toMillis(5));
      lock.close();
    }
  }

  @Test
  void whatAKilledProcessLeftHalfWrittenIsRemoved() throws Exception {
    Path run = folder.resolve("run");
    train(config("run.steps=2"), run);
    Path part = Files.writeString(run.resolve("resume.safetensors.99-abc.part"), "half");
    Path other = Files.writeString(run.resolve("mine.part"), "not ours");
    resume(run, "run.steps=3");
    assertThat(part).doesNotExist();
    assertThat(other).exists();
  }

  @Test
  void aListenerThatThrowsAtTheEndDoesNotHideTheCauseNorKeepOthersOpen() {
    List<String> closed = new ArrayList<>();
    TrainingListener careless =
        new TrainingListener() {
          @Override
          public void stepped(long step) {
            throw new IllegalStateException("the cause");
          }

          @Override
          public void closed() {
            closed.add("careless");
            throw new UncheckedIOException(new IOException("while closing"));
          }
        };
    TrainingListener other =
        new TrainingListener() {
          @Override
          public void closed() {
            closed.add("other");
          }
        };
    assertThatThrownBy(() -> train(config(), folder.resolve("run"), careless, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the cause")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(closed).containsExactlyInAnyOrder("careless", "other");
  }

  @Test
  void aRunCannotEndBeforeTheStepThatItIsAt() {
    Path run = folder.resolve("run");
    train(config(), run);
    assertThatThrownBy(() -> resume(run, "run.steps=3"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("run.steps is 3")
        .hasMessageContaining("at step 4 already");
    assertThat(resume(run).step()).isEqualTo(4);
  }

  @Test
  void whatDecidesTheExamplesCannotChange() throws Exception {
    Path run = folder.resolve("run");
    train(config(), run);
    String before = Files.readString(run.resolve("config.json"));
    for (String change :
        List.of("run.seed=9", "data.options.train=31", "data.path=x", "data.augment=false")) {
      assertThatThrownBy(() -> resume(run, "run.steps=5", change))
          .as(change)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(change.substring(0, change.lastIndexOf('=')).replace(".train", ""))
          .hasMessageContaining("cannot change");
    }
    assertThat(Files.readString(run.resolve("config.json"))).isEqualTo(before);
  }

  @Test
  void theConfigurationNamesTheDataThatWasGivenAndChangedDataIsRefused() throws Exception {
    Path run = folder.resolve("run");
    Path files = Files.createDirectory(folder.resolve("files"));
    String rows = "question,answer\n1234341221434321,1234341221434321\n";
    Files.writeString(files.resolve("train.csv"), rows);
    Files.writeString(files.resolve("test.csv"), rows);
    TrainingConfig recipe = config("run.steps=2");
    try (Dataset dataset = org.trm4j.frontend.DataText.open("sudoku:" + files + "?size=4");
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of()).start(recipe, dataset, backend, run).run();
    }
    DataSettings data = RunFolder.open(run).config().data();
    assertThat(data.path()).isEqualTo(files.toString());
    assertThat(data.options()).containsExactly(java.util.Map.entry("size", "4"));
    assertThat(resume(run, "run.steps=3").step()).isEqualTo(3);
    Files.writeString(files.resolve("train.csv"), rows + "1.34341221434321,1234341221434321\n");
    assertThatThrownBy(() -> resume(run, "run.steps=4"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("it has changed");
    Files.writeString(files.resolve("train.csv"), rows);
    assertThat(resume(run, "run.steps=4").step()).isEqualTo(4);
  }

  @Test
  void aRunOnPuzzlesThatAProgramMadeAsksForThemAgain() {
    Path run = folder.resolve("run");
    TrainingConfig config = config("run.steps=2");
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of()).start(config, dataset.unwrap(), backend, run).run();
      assertThatThrownBy(() -> RunFolder.open(run).config().data().open())
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("--data");
      TrainingResult more =
          new TrainerFactory(Set.of())
              .resume(run, dataset.unwrap(), backend, old -> old.toBuilder().steps(3).build())
              .run();
      assertThat(more.step()).isEqualTo(3);
    }
  }

  @Test
  void aFullDiskIsNoticedAtTheStart() {
    assertThatThrownBy(() -> StartChecks.space(folder, Long.MAX_VALUE))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("bytes left");
    StartChecks.space(folder, 1);
  }
}
