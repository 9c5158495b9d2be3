package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.training.run.SmallRuns.config;
import static org.trm4j.training.run.SmallRuns.resume;
import static org.trm4j.training.run.SmallRuns.step;
import static org.trm4j.training.run.SmallRuns.train;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.ResumeState;
import org.trm4j.training.checkpoint.RunCounters;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;
import org.trm4j.training.metrics.TrainingResult;

/** A checkpoint of finite and worthless weights does not take the place of the last good one. */
class DivergedRunTest {
  private static final String[] WILD = {
    "optimizer.learningRate=30", "optimizer.warmupSteps=0", "run.checkpointEvery=5"
  };

  @TempDir Path folder;

  private static String[] with(String[] settings, String... more) {
    List<String> all = new ArrayList<>(List.of(settings));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static TrainingResult rewind(Path run, String... overrides) {
    return SmallRuns.with(
        RunFolder.open(run).config(),
        (factory, dataset, backend) ->
            factory.rewind(
                run, dataset, backend, kept -> SettingsText.with(kept, List.of(overrides))));
  }

  @Test
  void theCheckpointBeforeTheLossRoseIsKeptAndGoneBackTo() {
    Path run = folder.resolve("run");
    TrainingResult calm = train(config("run.steps=20", "run.checkpointEvery=5"), run);
    RunFolder files = RunFolder.open(run);
    assertThat(files.beforeRiseFile()).doesNotExist();
    assertThatThrownBy(() -> rewind(run, "run.steps=30"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("the loss of its last checkpoint had not risen");

    resume(run, with(WILD, "run.steps=30"));
    RunCounters wild = ResumeState.read(files.resumeFile()).counters();
    assertThat(wild.lossMean()).isGreaterThan(2 * wild.lossLowest());
    assertThat(step(run)).isEqualTo("30");
    assertThat(files.beforeRiseStep()).isEqualTo(20);

    // Weights that are not finite end the run: the message leads to good ones.
    assertThatThrownBy(() ->
            resume(run, "optimizer.learningRate=1e38", "run.steps=40", "run.checkpointEvery=1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("lower the learning rate (now 1.0E38)")
        .hasMessageContaining("resume with --rewind from the checkpoint of step 20 in " + run)
        .hasMessageContaining("when that of step 30 was saved the loss had risen to ");

    // What is refused changes nothing.
    assertThatThrownBy(() -> rewind(run, "run.steps=9")).isInstanceOf(TrainingException.class);
    assertThat(files.beforeRiseStep()).isEqualTo(20);
    TrainingResult back = rewind(run, "optimizer.learningRate=1e-4", "run.steps=25");
    assertThat(back.step()).isEqualTo(25);
    assertThat(back.lastProgress().orElseThrow().loss())
        .isLessThan(2 * calm.lastProgress().orElseThrow().loss());
    assertThat(files.beforeRiseFile()).doesNotExist();
    assertThat(step(run)).isEqualTo("25");
    try (TrmModel model = TrmModel.open(ModelFiles.read(run), "cpu-scalar", 1)) {
      assertThat(model.solve("1...............").confidence()).isFinite();
    }
  }

  /** Nobody takes the model of the later step for that of the run. */
  @Test
  void theModelGoesBackToo() {
    Path run = folder.resolve("run");
    train(config("run.steps=20", "run.checkpointEvery=5"), run);
    resume(run, with(WILD, "run.steps=40"));
    assertThatThrownBy(() ->
            SmallRuns.with(
                RunFolder.open(run).config(),
                (factory, dataset, backend) ->
                    factory.rewind(run, dataset, backend, UnaryOperator.identity()),
                new TrainingListener() {
                  @Override
                  public void started(Start start) {
                    assertThat(start.notes()).anyMatch(note -> note.contains("of step 20"));
                    throw new IllegalStateException("killed here");
                  }
                }))
        .hasMessage("killed here");
    assertThat(step(run)).isEqualTo("20");
    assertThat(ResumeState.read(RunFolder.open(run).resumeFile()).counters().step()).isEqualTo(20);
  }

  /** The rate grows with each step: the loss falls at first. */
  @Test
  void anInterruptionChangesNothingOfIt() throws Exception {
    String[] growing = {
      "optimizer.learningRate=30", "optimizer.warmupSteps=400000", "run.checkpointEvery=5"
    };
    String[] wild = {"optimizer.warmupSteps=0", "run.steps=40"};
    Path whole = folder.resolve("whole");
    train(config(with(growing, "run.steps=20")), whole);
    resume(whole, wild);
    Path parts = folder.resolve("parts");
    train(config(with(growing, "run.steps=20")), parts);
    for (int step = 25; step < 40; step += 5) {
      resume(parts, "optimizer.warmupSteps=0", "run.steps=" + step);
    }
    resume(parts, wild);
    for (String name : List.of("resume.safetensors", "before-rise.safetensors")) {
      ResumeState expected = ResumeState.read(whole.resolve(name));
      ResumeState found = ResumeState.read(parts.resolve(name));
      assertThat(found.counters().step()).isEqualTo(expected.counters().step());
      assertThat(found.counters().lossMean()).isEqualTo(expected.counters().lossMean());
      assertThat(found.counters().lossLowest()).isEqualTo(expected.counters().lossLowest());
      expected
          .tensors()
          .tensors()
          .forEach((tensor, values) ->
              assertThat(found.tensors().get(tensor).toArray())
                  .as(tensor)
                  .containsExactly(values.toArray()));
    }
  }

  /** Killed after the loss had come down, and before the state of that earlier rise was removed. */
  @Test
  void anOlderStateThatWasLeftBehindIsReplaced() throws Exception {
    Path run = folder.resolve("run");
    train(config("run.steps=10", "run.checkpointEvery=5"), run);
    RunFolder files = RunFolder.open(run);
    Files.copy(files.resumeFile(), files.beforeRiseFile());
    resume(run, "run.steps=20", "run.checkpointEvery=20");
    assertThat(files.beforeRiseFile()).doesNotExist();
    Files.copy(files.resumeFile(), folder.resolve("twenty"));
    train(config("run.steps=10"), folder.resolve("ten"));
    Files.copy(folder.resolve("ten/resume.safetensors"), files.beforeRiseFile());
    resume(run, with(WILD, "run.steps=30", "run.checkpointEvery=10"));
    RunCounters wild = ResumeState.read(files.resumeFile()).counters();
    assertThat(wild.lossMean()).isGreaterThan(2 * wild.lossLowest());
    assertThat(files.beforeRiseFile()).hasSameBinaryContentAs(folder.resolve("twenty"));
  }

  @Test
  void aLossThatComesDownAgainIsForgotten() throws Exception {
    Path run = folder.resolve("run");
    train(config("run.steps=20", "run.checkpointEvery=5"), run);
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void lossRose(long step, double loss, double lowest, Path where) {
            assertThat(loss).isGreaterThan(2 * lowest);
            assertThat(where).isEqualTo(run);
            losses.add(loss);
          }
        };
    SmallRuns.with(
        RunFolder.open(run).config(),
        (factory, dataset, backend) ->
            factory.resume(
                run,
                dataset,
                backend,
                kept -> SettingsText.with(kept, List.of(with(WILD, "run.steps=30")))),
        listener);
    assertThat(losses).isNotEmpty();
    assertThat(Files.readString(run.resolve("metrics.jsonl"))).contains("\"event\":\"rise\"");
    // A checkpoint whose loss is not far above the lowest, by hand: training back takes long.
    Files.copy(RunFolder.open(run).beforeRiseFile(), folder.resolve("kept"));
    Files.delete(RunFolder.open(run).resumeFile());
    Files.copy(folder.resolve("kept"), RunFolder.open(run).resumeFile());
    resume(run, "optimizer.learningRate=1e-4", "run.steps=31", "run.checkpointEvery=1");
    assertThat(RunFolder.open(run).beforeRiseFile()).doesNotExist();
  }
}
