package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.training.Weight;
import org.trm4j.training.config.DataSettings;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.metrics.TrainingListener;

/** A run that is interrupted, wherever, ends with the bytes of one that was not. */
class InterruptedTrainingTest {
  private static final int STEPS = 12;

  @TempDir Path folder;

  private static TrainingConfig config() {
    return SettingsText.with(
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

  /** Three data sets, one that rests at first and one that ends; a list among the endless. */
  private static TrainingConfig mixture() {
    DataSettings first = config().data();
    return config()
        .withData(
            DataSettings.of(
                List.of(
                    part(first, Weight.linear(4, 1, 9, 0), Map.of()),
                    part(first, Weight.ONE, Map.of("minGivens", "9")),
                    part(first, Weight.parse("0:0,3:0,4:2"), Map.of("train", "7"))),
                first.augment(),
                first.evaluationSplit()));
  }

  private static DataSettings.Part part(
      DataSettings like, Weight weight, Map<String, String> options) {
    Map<String, String> all = new TreeMap<>(like.options());
    all.putAll(options);
    return new DataSettings.Part(like.dataset(), "", all, weight);
  }

  /** Trains from scratch or on, at most up to a step. */
  private static void train(TrainingConfig config, Path folder, int threads, long last) {
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
        Backend backend = Trm.standard().backend("cpu-scalar", threads)) {
      trainer[0] =
          Files.exists(folder.resolve("resume.safetensors"))
              ? factory.resume(folder, dataset, backend)
              : factory.start(config, dataset, backend, folder);
      trainer[0].run();
    }
  }

  @Test
  void endsWithTheSameBytes() throws Exception {
    endsWithTheSameBytes(config(), 1, 6);
  }

  @Test
  void aMixtureEndsWithTheSameBytes() throws Exception {
    endsWithTheSameBytes(mixture(), 3, 4, 8);
  }

  @Tag("nightly")
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsWithTheSameBytesWhereverItWasInterrupted(boolean mixed) throws Exception {
    endsWithTheSameBytes(mixed ? mixture() : config(), IntStream.range(1, STEPS).toArray());
  }

  private void endsWithTheSameBytes(TrainingConfig config, int... steps) throws Exception {
    Path whole = folder.resolve("whole");
    train(config, whole, 1, STEPS);
    for (int at : steps) {
      Path parts = folder.resolve("at-" + at);
      train(config, parts, 1 + at % 2, at);
      train(config, parts, 1 + at % 3, STEPS);
      same(parts, whole, "interrupted after step " + at);
    }
    Path often = folder.resolve("often");
    for (int at : steps) {
      train(config, often, 1, at);
    }
    train(config, often, 1, STEPS);
    same(often, whole, "interrupted after every one of these steps");
  }

  private static void same(Path found, Path expected, String what) throws Exception {
    for (String file : List.of("model.safetensors", "best.safetensors")) {
      assertThat(Files.readAllBytes(found.resolve(file)))
          .as("%s: %s", what, file)
          .isEqualTo(Files.readAllBytes(expected.resolve(file)));
    }
  }
}
