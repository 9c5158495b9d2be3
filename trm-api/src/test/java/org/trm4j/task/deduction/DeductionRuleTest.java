package org.trm4j.task.deduction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.published.DeductionPolicy;
import org.trm4j.recursion.published.EqrDeductionPolicy;
import org.trm4j.recursion.published.TrmDeductionPolicy;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
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
        .isEqualTo(Map.of("eliminateBelow", 0.02, "conflictAbove", 0.5, "temperature", 1.5));
    assertThatThrownBy(() -> policy.task(defaults.and("eliminateBelow", 1.0), CONFIG))
        .hasMessage("deduction: eliminateBelow is 1.0, expected more than 0 and less than 1");
  }
}
