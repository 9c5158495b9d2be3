package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.backend.spi.Backend;
import org.trm4j.plugin.Backends;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/** Every CPU backend computes what the published code computes. */
class GoldenParityTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden");

  @ParameterizedTest
  @ValueSource(strings = {"cpu-scalar", "cpu-vector"})
  void everyGoldenCasePasses(String id) {
    List<ParityResult> results;
    try (Backend backend = Backends.open(id, 2)) {
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
            "trm-single-z");
    assertThat(results)
        .allSatisfy(result ->
            assertThat(result.status())
                .as("%s: %s %s", result.name(), result.reason(), result.failures())
                .isEqualTo(ParityResult.Status.PASS));
  }
}
