package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.Checkpoint;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.checkpoint.safetensors.SafetensorsWriter;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.training.parity.ParityCheck;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/** Every CPU backend computes what the published code computes. */
class GoldenParityTest {
  private static final Path VARIANTS = Path.of("src/test/resources/golden-variants");
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector"})
  void everyGoldenCasePasses(String id) {
    List<ParityResult> results;
    try (Backend backend = Trm.standard().backend(id, 2)) {
      results = ParityRunner.run(GOLDEN, backend);
    }
    assertThat(results)
        .extracting(ParityResult::name)
        .containsExactly(
            "hrm",
            "transformer-baseline",
            "trm-att-learned",
            "trm-att-padded-emb",
            "trm-att-rope",
            "trm-hier6",
            "trm-mlp",
            "trm-single-z",
            "layers");
    assertThat(results)
        .allSatisfy(result ->
            assertThat(result.status())
                .as("%s: %s %s", result.name(), result.reason(), result.failures())
                .isEqualTo(ParityResult.Status.PASS));
  }

  /**
   * Further values of the published code: a carry that starts anew after the last step, sequences
   * of one step (which have nothing to continue), and layers with heads of another width.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector"})
  void casesOfOtherSizesPass(String id) {
    try (Backend backend = Trm.standard().backend(id, 2)) {
      assertThat(ParityRunner.run(VARIANTS, backend))
          .hasSize(3)
          .allSatisfy(result ->
              assertThat(result.status())
                  .as("%s: %s %s", result.name(), result.reason(), result.failures())
                  .isEqualTo(ParityResult.Status.PASS));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"swiglu.y", "attention.dqkv", "stablemax.dlogits", "rms_norm.dx"})
  void aLayerThatDiffersFails(String name, @TempDir Path folder) {
    Map<String, Tensor> tensors =
        new LinkedHashMap<>(
            SafetensorsReader.read(GOLDEN.resolve("layers.safetensors")).tensors().tensors());
    float[] data = tensors.get(name).toArray();
    data[data.length / 2] += 0.01f;
    tensors.put(name, Tensor.of(tensors.get(name).shape(), data));
    SafetensorsWriter.write(
        folder.resolve("layers.safetensors"), new Checkpoint(new ParameterSet(tensors), Map.of()));
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      ParityResult result = ParityRunner.run(folder, backend).getFirst();
      assertThat(result.status()).isEqualTo(ParityResult.Status.FAIL);
      assertThat(result.failures()).singleElement().extracting(ParityCheck::value).isEqualTo(name);
    }
  }
}
