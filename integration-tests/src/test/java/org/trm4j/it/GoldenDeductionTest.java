package org.trm4j.it;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.tck.golden.GoldenDeduction;

/**
 * Deduction's losses, their gradients and the rule between steps, against values that the published
 * code of lattice deduction computed in double precision (what they are is written in the case's
 * JSON). The losses run as a plan whose logits are inputs.
 */
class GoldenDeductionTest {
  private static final Path FILE =
      Path.of("src/test/resources/golden-deduction/deduction.safetensors");

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu-scalar", "cpu-vector"})
  void lossesAndGradientsAreThePublishedOnes(String id) {
    try (Backend backend = Trm.standard().backend(id, id.equals("reference") ? 0 : 2)) {
      new GoldenDeduction(FILE).check(backend);
    }
  }

  @Test
  void theRuleIsThePublishedOne() {
    new GoldenDeduction(FILE).checkRule();
  }
}
