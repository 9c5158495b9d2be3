package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.plugin.Backends;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingListener;

/** A run that is interrupted, wherever, ends with the bytes of one that was not. */
class InterruptedTrainingTest {
  private static final int STEPS = 12;

  @TempDir Path folder;

  private static TrainingConfig config() {
    return TrainingConfigs.with(
        TrainingConfigs.recipe("sudoku-6"),
        List.of(
            "data.options.size=4",
            "data.options.test=20",
            "hiddenSize=16",
            "numHeads=2",
            "optimizer.warmupSteps=3",
            "run.steps=" + STEPS,
            "run.batch=5",
            "run.logEvery=4",
            "run.evaluateEvery=6",
            "run.evaluatePuzzles=3",
            "run.checkpointEvery=0",
            "halting.maxSteps=3"));
  }

  /** Trains from scratch or on, at most up to a step. */
  private static void train(Path folder, int threads, long last) {
    TrainingConfig config = config();
    Trainer[] trainer = new Trainer[1];
    TrainingListener stopper =
        new TrainingListener() {
          @Override
          public void stepped(long step) {
            if (step == last) {
              trainer[0].requestStop();
            }
          }
        };
    TrainerFactory factory = new TrainerFactory(Set.of(stopper));
    try (Dataset dataset = config.data().open();
        Backend backend = Backends.open("cpu-scalar", threads)) {
      trainer[0] =
          Files.exists(folder.resolve("resume.safetensors"))
              ? factory.resume(folder, dataset, backend)
              : factory.start(config, dataset, backend, folder);
      trainer[0].run();
    }
  }

  @Test
  void endsWithTheSameBytesWhereverItWasInterrupted() throws Exception {
    Path whole = folder.resolve("whole");
    train(whole, 1, STEPS);
    byte[] expected = Files.readAllBytes(RunFolder.open(whole).modelFile());
    for (int at = 1; at < STEPS; at++) {
      Path parts = folder.resolve("at-" + at);
      train(parts, 1 + at % 2, at);
      train(parts, 1 + at % 3, STEPS);
      assertThat(Files.readAllBytes(RunFolder.open(parts).modelFile()))
          .as("interrupted after step %d", at)
          .isEqualTo(expected);
    }
    Path often = folder.resolve("often");
    for (int at = 1; at <= STEPS; at++) {
      train(often, 1, at);
    }
    assertThat(Files.readAllBytes(RunFolder.open(often).modelFile())).isEqualTo(expected);
  }
}
