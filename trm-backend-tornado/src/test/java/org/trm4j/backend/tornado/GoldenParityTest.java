package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/** The device computes what the published code computes. */
class GoldenParityTest {
  private static final Path GOLDEN = Path.of("../integration-tests/src/test/resources/golden");

  @Test
  void everyGoldenCasePasses() {
    List<ParityResult> results;
    try (Backend backend = new TornadoProvider().open(BackendOptions.DEFAULT)) {
      results = ParityRunner.run(GOLDEN, backend);
    }
    assertThat(results).hasSizeGreaterThanOrEqualTo(8);
    assertThat(results)
        .allSatisfy(result ->
            assertThat(result.status())
                .as("%s: %s %s", result.name(), result.reason(), result.failures())
                .isEqualTo(ParityResult.Status.PASS));
  }
}
