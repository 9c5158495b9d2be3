package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/** The oracle and every CPU backend compute what the published code of EqR computes. */
class EqrParityTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden-eqr");

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu-scalar", "cpu-vector"})
  void everyCasePasses(String id) {
    try (Backend backend = Trm.standard().backend(id, id.equals("reference") ? 0 : 2)) {
      assertThat(ParityRunner.run(GOLDEN, backend))
          .hasSize(3)
          .allSatisfy(result ->
              assertThat(result.status())
                  .as("%s: %s %s", result.name(), result.reason(), result.failures())
                  .isEqualTo(ParityResult.Status.PASS));
    }
  }
}
