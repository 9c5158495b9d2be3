package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.tck.sample.AwkwardSizes;
import org.trm4j.tck.sample.InputKind;
import org.trm4j.tck.sample.OperationKind;
import org.trm4j.tck.sample.OperationSizes;

/**
 * Every operation, forward and backward, against the double-precision oracle: sizes around vector
 * widths and primes; inputs of mixed sign, cancelling, huge, subnormal, NaN and infinite.
 */
interface OperationContract extends BackendUnderTest {
  /** Checks {@link org.trm4j.plan.operation.Embed}, the heads and the loss. */
  @Test
  default void embeddingHeadsAndLoss() {
    checkOperation(OperationKind.EMBED_AND_HEADS);
  }

  /** Checks {@link org.trm4j.plan.operation.Sum}. */
  @Test
  default void sum() {
    checkOperation(OperationKind.SUM);
  }

  /** Checks {@link org.trm4j.plan.operation.SwiGlu} and its gradient. */
  @Test
  default void swiGlu() {
    checkOperation(OperationKind.SWI_GLU);
  }

  /** Checks {@link org.trm4j.plan.operation.TokenSwiGlu} and its gradient. */
  @Test
  default void tokenSwiGlu() {
    checkOperation(OperationKind.TOKEN_SWI_GLU);
  }

  /** Checks {@link org.trm4j.plan.operation.GridConvolution} and its gradient. */
  @Test
  default void gridConvolution() {
    Assumptions.assumeTrue(
        declares(Backend.Capability.CONVOLUTION), "does not declare CONVOLUTION");
    checkOperation(OperationKind.GRID_CONVOLUTION);
  }

  /** A backend that has no convolution says so before it computes anything. */
  @Test
  default void refusesTheConvolutionThatItDoesNotDeclare() {
    Assumptions.assumeFalse(declares(Backend.Capability.CONVOLUTION), "declares CONVOLUTION");
    OperationCase convolution =
        OperationCase.of(
            OperationKind.GRID_CONVOLUTION,
            AwkwardSizes.middle(OperationKind.GRID_CONVOLUTION),
            InputKind.MIXED);
    try (var backend = open()) {
      if (declares(Backend.Capability.INFERENCE)) {
        assertThatThrownBy(() -> backend.load(convolution.plan(), convolution.parameters()))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("CONVOLUTION");
      }
      if (declares(Backend.Capability.TRAINING)) {
        assertThatThrownBy(() -> backend.train(convolution.plan(), convolution.parameters(), 1))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("CONVOLUTION");
      }
    }
  }

  /** Checks {@link org.trm4j.plan.operation.SelfAttention} without rotation and its gradient. */
  @Test
  default void selfAttention() {
    checkOperation(OperationKind.SELF_ATTENTION);
  }

  /** Checks {@link org.trm4j.plan.operation.SelfAttention} with rotation and its gradient. */
  @Test
  default void rotarySelfAttention() {
    checkOperation(OperationKind.ROTARY_SELF_ATTENTION);
  }

  private void checkOperation(OperationKind kind) {
    for (OperationSizes sizes : AwkwardSizes.of(kind)) {
      check(OperationCase.of(kind, sizes, InputKind.MIXED), kind);
    }
    for (InputKind inputs : InputKind.values()) {
      if (inputs != InputKind.INFINITE || kind.isLinear()) {
        check(OperationCase.of(kind, AwkwardSizes.middle(kind), inputs), kind);
      }
    }
  }

  private void check(OperationCase operation, OperationKind kind) {
    String name = kind.name().toLowerCase(Locale.ROOT);
    try (var backend = open()) {
      if (declares(Backend.Capability.INFERENCE)) {
        OracleComparison.inference(name, operation, backend, products());
      }
      // The gradient's attention weights come from rounded scores, so huge scores cannot be
      // compared.
      boolean resolved = !kind.attends() || operation.kind() != InputKind.HUGE;
      if (declares(Backend.Capability.TRAINING) && resolved) {
        OracleComparison.training(name, operation, backend, products());
      }
    }
  }
}
