package org.trm4j.training.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;

class AdaptiveHaltingTest {
  private static TrainingConfig.Halting halting(int maxSteps, double exploration) {
    return TrainingConfigs.recipe("demo").toBuilder()
        .maxSteps(maxSteps)
        .explorationProbability(exploration)
        .build()
        .halting();
  }

  private static AdaptiveHalting halting(
      RecursionProgram.HaltRule rule, int maxSteps, double exploration) {
    return new AdaptiveHalting(rule, halting(maxSteps, exploration), 7);
  }

  @Test
  void haltsAtTheLimitWhateverTheHeadSays() {
    AdaptiveHalting halting = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 3, 1);
    assertThat(halting.halted(1, 0, 2, -5, 0)).isFalse();
    for (int slot = 0; slot < 100; slot++) {
      assertThat(halting.halted(1, slot, 3, -5, 0)).isTrue();
    }
  }

  @Test
  void haltsWhenTheHeadIsSure() {
    AdaptiveHalting positive = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 16, 0);
    assertThat(positive.halted(1, 0, 1, 0.1f, 9)).isTrue();
    assertThat(positive.halted(1, 0, 1, 0, -9)).isFalse();
    AdaptiveHalting over = halting(RecursionProgram.HaltRule.HALT_OVER_CONTINUE, 16, 0);
    assertThat(over.halted(1, 0, 1, -1, -2)).isTrue();
    assertThat(over.halted(1, 0, 1, 1, 2)).isFalse();
    assertThat(over.halted(1, 0, 1, 1, 1)).isFalse();
  }

  @Test
  void aHeadThatIsNoNumberNeverHalts() {
    assertThat(
            halting(RecursionProgram.HaltRule.HALT_POSITIVE, 16, 0).halted(1, 0, 1, Float.NaN, 0))
        .isFalse();
  }

  @Test
  void explorationDrawsAMinimumFromTwoToTheLimitUniformly() {
    AdaptiveHalting halting = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 4, 1);
    int trials = 30_000;
    int[] haltedAt = new int[5];
    for (int trial = 0; trial < trials; trial++) {
      for (int steps = 1; steps <= 4; steps++) {
        haltedAt[steps] += halting.halted(trial, trial % 7, steps, 1, 0) ? 1 : 0;
      }
    }
    // P(minimum <= s) for s = 1..4.
    assertThat(haltedAt[1]).isZero();
    assertThat(haltedAt[2] / (double) trials).isCloseTo(1 / 3.0, within(0.02));
    assertThat(haltedAt[3] / (double) trials).isCloseTo(2 / 3.0, within(0.02));
    assertThat(haltedAt[4]).isEqualTo(trials);
  }

  @Test
  void explorationHappensWithItsProbabilityAndDiffersBySlotAndStep() {
    AdaptiveHalting halting = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 16, 0.1);
    int[] bySlot = new int[50];
    int kept = 0;
    for (int step = 1; step <= 1000; step++) {
      for (int slot = 0; slot < 50; slot++) {
        int goesOn = halting.halted(step, slot, 1, 1, 0) ? 0 : 1;
        kept += goesOn;
        bySlot[slot] += goesOn;
      }
    }
    assertThat(kept / 50_000.0).isCloseTo(0.1, within(0.01));
    for (int count : bySlot) {
      assertThat(count).isBetween(50, 150);
    }
  }

  @Test
  void sameSeedDrawsTheSame() {
    AdaptiveHalting one = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 16, 0.5);
    AdaptiveHalting same = halting(RecursionProgram.HaltRule.HALT_POSITIVE, 16, 0.5);
    AdaptiveHalting other =
        new AdaptiveHalting(RecursionProgram.HaltRule.HALT_POSITIVE, halting(16, 0.5), 8);
    int different = 0;
    for (int step = 1; step < 200; step++) {
      assertThat(one.halted(step, 3, 5, 1, 0)).isEqualTo(same.halted(step, 3, 5, 1, 0));
      different += one.halted(step, 3, 5, 1, 0) == other.halted(step, 3, 5, 1, 0) ? 0 : 1;
    }
    assertThat(different).isPositive();
  }
}
