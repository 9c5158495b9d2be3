package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.training.parity.ParityCheck;
import org.trm4j.training.parity.ParityResult;
import org.trm4j.training.parity.ParityRunner;

/**
 * Deduction's losses, their gradients and the rule between steps, against values that the published
 * code of lattice deduction computed in double precision (what they are is written in the case's
 * JSON).
 */
class GoldenDeductionTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden-deduction");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu-scalar", "cpu-vector"})
  void lossesGradientsAndRuleAreThePublishedOnes(String id) {
    ParityResult result = run(GOLDEN, id);
    assertThat(result.status())
        .as("%s %s", result.reason(), result.failures())
        .isEqualTo(ParityResult.Status.PASS);
    assertThat(result.checks())
        .extracting(ParityCheck::value)
        .contains("loss", "gradient.0.keep", "gradient.2.conflict", "rule.after_elimination");
  }

  @Test
  void aCaseOfAnotherLossIsRefused() throws IOException {
    Files.copy(GOLDEN.resolve("deduction.safetensors"), folder.resolve("deduction.safetensors"));
    String json = Files.readString(GOLDEN.resolve("deduction.json"));
    Files.writeString(
        folder.resolve("deduction.json"),
        json.replace("\"keep_positive_weight\": 4.0", "\"keep_positive_weight\": 3.0"));
    ParityResult result = run(folder, "cpu-scalar");
    assertThat(result.status()).isEqualTo(ParityResult.Status.FAIL);
    assertThat(result.reason()).contains("keep_positive_weight: found 3.0, expected 4.0");
  }

  private static ParityResult run(Path golden, String id) {
    try (Backend backend = Trm.standard().backend(id, id.equals("reference") ? 0 : 2)) {
      List<ParityResult> results = ParityRunner.run(golden, backend);
      assertThat(results).hasSize(1);
      return results.getFirst();
    }
  }
}
