package org.trm4j.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.model.ParameterSet;
import org.trm4j.task.deduction.DeductionRule;
import org.trm4j.task.deduction.DeductionTask;
import org.trm4j.tck.golden.GoldenDeduction;

/**
 * Deduction's losses, their gradients and the rule between steps, against values that the published
 * code of lattice deduction computed in double precision (what they are is written in the case's
 * JSON). The losses run as a plan whose logits are inputs.
 */
class GoldenDeductionTest {
  private static final Path FILE =
      Path.of("src/test/resources/golden-deduction/deduction.safetensors");
  private static final int BATCH = 8;
  private static final int VALUES = 4;
  private static final int LOOPS = 3;

  private final ParameterSet golden = SafetensorsReader.read(FILE).tensors();

  private float[] row(String name, int sequence) {
    float[] all = golden.get(name).toArray();
    int size = all.length / BATCH;
    return Arrays.copyOfRange(all, sequence * size, (sequence + 1) * size);
  }

  private boolean[] given(int sequence) {
    float[] given = row("given", sequence);
    boolean[] truth = new boolean[given.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = given[i] > 0;
    }
    return truth;
  }

  @ParameterizedTest
  @ValueSource(strings = {"reference", "cpu-scalar", "cpu-vector"})
  void lossesAndGradientsAreThePublishedOnes(String id) {
    try (Backend backend = Trm.standard().backend(id, id.equals("reference") ? 0 : 2)) {
      new GoldenDeduction(FILE).check(backend);
    }
  }

  @Test
  void theRuleIsThePublishedOne() {
    int decided = 0;
    for (int i = 0; i < BATCH; i++) {
      String last = "logits.%s.".formatted(LOOPS - 1);
      float[] state = row("state", i);
      DeductionRule.Result result =
          DeductionRule.PUBLISHED.apply(
              state,
              given(i),
              row(last + DeductionTask.KEEP, i),
              row(last + DeductionTask.VALUE, i),
              row(last + DeductionTask.CONFLICT, i)[0],
              new SplittableRandom(i));
      float[] after = row("rule.after_elimination", i);
      float[] eliminated = row("rule.eliminated", i);
      assertThat(result.eliminated()).as("state of %s", i).isEqualTo(after);
      for (int at = 0; at < state.length; at++) {
        assertThat(state[at] - result.eliminated()[at]).isEqualTo(eliminated[at]);
      }
      assertThat(result.conflict()).isEqualTo(row("rule.conflict", i)[0] > 0);
      assertThat(result.solved()).isEqualTo(row("rule.solved", i)[0] > 0);
      assertThat(result.cell() < 0).isEqualTo(result.conflict() || result.solved());
      if (result.cell() >= 0) {
        decided++;
        assertThat(possible(after, result.cell())).isGreaterThan(1);
        assertThat(possible(result.decided(), result.cell())).isEqualTo(1);
        for (int at = 0; at < after.length; at++) {
          boolean elsewhere = at / VALUES != result.cell();
          assertThat(result.decided()[at]).isLessThanOrEqualTo(after[at]);
          assertThat(elsewhere && result.decided()[at] != after[at]).isFalse();
        }
      }
    }
    assertThat(decided).isPositive();
  }

  private static int possible(float[] state, int cell) {
    int count = 0;
    for (int i = 0; i < VALUES; i++) {
      count += state[cell * VALUES + i] > 0 ? 1 : 0;
    }
    return count;
  }
}
