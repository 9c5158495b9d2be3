package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.model.ParameterSet;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.TrainingException;
import org.trm4j.training.checkpoint.RunFolder;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.SettingsText;

/** Runs whose updates are made outside the backend. */
class OptimizersTest {
  private static final String MUON =
      "optimizer.groups=[{\"parameters\":\"layers\",\"optimizer\":\"muon\",\"arguments\":{\"momentum\":0.9},\"learningRate\":0.01,\"weightDecay\":0.1}]";

  @TempDir Path folder;

  private static TrainingConfig config(String... more) {
    List<String> overrides =
        new ArrayList<>(
            List.of(
                "hiddenSize=16",
                "numHeads=2",
                "puzzleEmbDim=16",
                "data.options.train=50",
                "data.options.test=20",
                "run.steps=8",
                "run.batch=5",
                "run.logEvery=1",
                "run.evaluateEvery=0",
                "run.evaluatePuzzles=3",
                "run.checkpointEvery=0",
                "halting.maxSteps=3"));
    overrides.addAll(List.of(more));
    return SettingsText.with(TrainingConfigs.recipe("demo"), overrides);
  }

  private static String all(String optimizer) {
    return "optimizer.groups=[{\"parameters\":\"\",\"optimizer\":\"%s\",\"arguments\":{},\"learningRate\":0.002,\"weightDecay\":0.1}]"
        .formatted(optimizer);
  }

  private static List<Double> train(TrainingConfig config, Path folder) {
    Recorder recorder = new Recorder();
    try (Dataset dataset = config.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 2)) {
      new TrainerFactory(Set.of(recorder)).start(config, dataset, backend, folder).run();
    }
    return recorder.losses();
  }

  /** The same AdamATan2, here and on the device, with puzzle embeddings that the device updates. */
  @Test
  void outsideTheBackendTheSameOptimizerDoesTheSame() {
    List<Double> device = train(config(), folder.resolve("device"));
    // The demo's own rates, and no limit that gradients reach.
    List<Double> host = train(config("optimizer.clip=1e30"), folder.resolve("host"));
    assertThat(host).hasSameSizeAs(device);
    for (int i = 0; i < host.size(); i++) {
      assertThat(host.get(i)).isCloseTo(device.get(i), within(1e-4 * device.get(i)));
    }
    ParameterSet expected = ModelFiles.read(folder.resolve("device")).parameters();
    ParameterSet found = ModelFiles.read(folder.resolve("host")).parameters();
    for (String name : expected.tensors().keySet()) {
      float[] e = expected.get(name).toArray();
      float[] f = found.get(name).toArray();
      for (int i = 0; i < e.length; i++) {
        assertThat(f[i]).as("%s[%s]", name, i).isCloseTo(e[i], within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"adam-w", "lion", "sign-sgd"})
  void everyOptimizerLearnsAndResumesBitForBit(String optimizer) {
    resumes(config(all(optimizer), "optimizer.clip=1"));
  }

  @Test
  void groupsHaveOptimizersOfTheirOwn() {
    resumes(config(MUON));
  }

  private void resumes(TrainingConfig config) {
    List<Double> whole = train(config, folder.resolve("whole"));
    assertThat(whole.getLast()).isLessThan(whole.getFirst());
    Path parts = folder.resolve("parts");
    List<Double> losses =
        new ArrayList<>(train(SettingsText.with(config, List.of("run.steps=3")), parts));
    Recorder rest = new Recorder();
    try (Dataset dataset = RunFolder.open(parts).config().data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      new TrainerFactory(Set.of(rest))
          .resume(parts, dataset, backend, run -> run.toBuilder().steps(8).build())
          .run();
    }
    losses.addAll(rest.losses());
    assertThat(losses).isEqualTo(whole);
  }

  @Test
  void wrongGroupsAreRefused() {
    assertThatThrownBy(() -> train(config(all("adagrad")), folder.resolve("a")))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining(
            "unknown optimizer adagrad; found: adam-atan2, adam-w, lion, muon, sign-sgd");
    assertThatThrownBy(() -> config("optimizer.groups=lion"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("optimizer.groups is lion, expected a JSON array");
    assertThatThrownBy(() -> train(config(all("muon")), folder.resolve("b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("q_head.bias [2] is no matrix")
        .hasMessageContaining("give it to another group");
    // As it is told: Muon has the layers, the rest has the other.
    assertThat(train(config(MUON, "run.steps=1"), folder.resolve("c"))).hasSize(1);
  }
}
