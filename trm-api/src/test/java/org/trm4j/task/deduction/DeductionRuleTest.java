package org.trm4j.task.deduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.published.DeductionPolicy;
import org.trm4j.recursion.published.EqrDeductionPolicy;
import org.trm4j.recursion.published.TrmDeductionPolicy;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram.TransitionUse;

/** The rule is an argument of every deduction policy, and part of the model. */
class DeductionRuleTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(16, 2).tokens(16, 6).build();

  static RecursionPolicyProvider[] policies() {
    return new RecursionPolicyProvider[] {
      new DeductionPolicy(), new EqrDeductionPolicy(), new TrmDeductionPolicy()
    };
  }

  private static TransitionUse use(RecursionPolicyProvider policy, PolicyArguments arguments) {
    TransitionUse use = policy.task(arguments, CONFIG).transition().orElseThrow();
    assertThat(use).isNotNull();
    return use;
  }

  @ParameterizedTest
  @MethodSource("policies")
  void argumentsReachTheTransition(RecursionPolicyProvider policy) {
    PolicyArguments defaults = policy.defaults();
    assertThat(use(policy, defaults)).isEqualTo(new TransitionUse("deduction", Map.of()));
    assertThat(use(policy, defaults.and("eliminateBelow", 0.02)).arguments())
        .isEqualTo(
            Map.of(
                "frontier",
                0,
                "branchBelow",
                0.97,
                "usualSteps",
                40,
                "eliminateBelow",
                0.02,
                "conflictAbove",
                0.5,
                "temperature",
                1.5,
                "confidence",
                0.0,
                "quiet",
                0,
                "symmetrySteps",
                0,
                "abandon",
                0.0));
    assertThatThrownBy(() -> policy.task(defaults.and("eliminateBelow", 1.0), CONFIG))
        .hasMessage("deduction: eliminateBelow is 1.0, expected more than 0 and less than 1");
    assertThatThrownBy(() -> policy.task(defaults.and("confidence", Double.NaN), CONFIG))
        .hasMessage("deduction: confidence is NaN, expected a finite number of 0 or more");
    assertThatThrownBy(() -> policy.task(defaults.and("quiet", -1), CONFIG))
        .hasMessage("deduction: quiet is -1, expected a number of steps, 0 or more");
    assertThatThrownBy(() -> policy.task(defaults.and("symmetrySteps", -1), CONFIG))
        .hasMessage("deduction: symmetrySteps is -1, expected a number of steps, 0 or more");
    assertThatThrownBy(() -> policy.task(defaults.and("abandon", Double.NaN), CONFIG))
        .hasMessage("deduction: abandon is NaN, expected a chance from 0 to 1");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void weightsReachTheTerms(RecursionPolicyProvider policy) {
    PolicyArguments defaults = policy.defaults();
    assertThat(factors(policy, defaults)).containsExactly(1.0, 0.2, 0.1);
    assertThat(factors(policy, defaults.and("valueWeight", 0.5).and("conflictWeight", 0.3)))
        .containsExactly(1.0, 0.5, 0.3);
    assertThatThrownBy(() -> policy.task(defaults.and("valueWeight", Double.NaN), CONFIG))
        .hasMessage("deduction: valueWeight is NaN, expected a finite number of more than 0");
  }

  private static List<Double> factors(RecursionPolicyProvider policy, PolicyArguments arguments) {
    Objective.Terms objective = (Objective.Terms) policy.task(arguments, CONFIG).objective();
    return objective.terms().stream().map(Objective.Term::factor).toList();
  }

  /** Four open cells whose likeliest of two values has the probabilities 0.5, 0.6, 0.9 and 0.8. */
  private static final double[] SURE = {0.5, 0.6, 0.9, 0.8};

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 4, 1000})
  void cellsAreDecidedByTheirConfidence(double confidence) {
    float[] state = new float[5 * 3];
    float[] value = new float[5 * 3];
    state[12] = 1; // a cell that has its value takes no part, however sure it is
    value[12] = 50;
    for (int cell = 0; cell < SURE.length; cell++) {
      state[cell * 3] = 1;
      state[cell * 3 + 2] = 1;
      value[cell * 3 + 1] = 50; // likeliest, but no longer possible
      value[cell * 3 + 2] = (float) Math.log(SURE[cell] / (1 - SURE[cell]));
    }
    double sum = Arrays.stream(SURE).map(p -> Math.pow(p, confidence)).sum();
    int draws = 20_000;
    int[] counts = new int[SURE.length];
    int[] seconds = new int[SURE.length];
    DeductionRule rule = new DeductionRule(0.1, 0.5, 1, confidence, 0, 0, 0);
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < draws; i++) {
      DeductionRule.Result result =
          rule.apply(state, new boolean[5], new float[15], value, -9, random);
      counts[result.cell()]++;
      seconds[result.cell()] += result.decided()[result.cell() * 3 + 2] > 0 ? 1 : 0;
    }
    for (int cell = 0; cell < SURE.length; cell++) {
      double p = Math.pow(SURE[cell], confidence) / sum;
      assertThat((double) counts[cell] / draws).isCloseTo(p, offset(0.02));
      if (counts[cell] > 1_000) {
        assertThat((double) seconds[cell] / counts[cell]).isCloseTo(SURE[cell], offset(0.05));
      }
    }
  }
}
