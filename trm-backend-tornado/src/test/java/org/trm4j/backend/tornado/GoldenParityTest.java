package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/** The device computes the same numbers as the published code. */
class GoldenParityTest {
  private static final Path RESOURCES = Path.of("../integration-tests/src/test/resources");

  @Test
  void everyGoldenCasePasses() {
    passes(RESOURCES.resolve("golden"), 9);
  }

  /** Random starts, damped and noisy updates, in the network of EqR. */
  @Test
  void everyGoldenCaseOfEqrPasses() {
    passes(RESOURCES.resolve("golden-eqr"), 3);
  }

  @Test
  void lossesOfDeductionAreThePublishedOnes() {
    passes(RESOURCES.resolve("golden-deduction"), 1);
  }

  /** HRM with a one-step gradient, steps past the last, and smaller layers. */
  @Test
  void everyVariantPasses() {
    passes(RESOURCES.resolve("golden-variants"), 3);
  }

  static void passes(Path folder, int cases) {
    List<ParityResult> results;
    try (Backend backend = new TornadoProvider().open(BackendOptions.DEFAULT)) {
      results = ParityRunner.run(folder, backend);
    }
    assertThat(results).hasSizeGreaterThanOrEqualTo(cases);
    assertThat(results)
        .allSatisfy(result ->
            assertThat(result.status())
                .as("%s: %s %s", result.name(), result.reason(), result.failures())
                .isEqualTo(ParityResult.Status.PASS));
  }
}
