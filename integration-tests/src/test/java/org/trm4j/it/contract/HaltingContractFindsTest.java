package org.trm4j.it.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.halting.spi.Progress;
import org.trm4j.tck.HaltingPolicyContract;

/** The contract of halting policies finds what it is there to find. */
class HaltingContractFindsTest {
  /** Not a test of its own: JUnit takes no class that is private. */
  private static final class Suite extends HaltingPolicyContract {
    private final HaltingPolicy policy;

    Suite(HaltingPolicy policy) {
      this.policy = policy;
    }

    @Override
    protected HaltingPolicyProvider provider() {
      return HaltingPolicyProvider.of("planted", "breaks the contract", policy);
    }

    void stateless() {
      isStateless();
    }

    void declared() {
      asksOnlyForTheChangesThatItNames();
    }

    void numbers() {
      takesAnyNumbers();
    }

    void discovered() {
      isDiscovered();
    }
  }

  @Test
  void aPolicyThatCounts() {
    AtomicInteger calls = new AtomicInteger();
    Suite suite = new Suite(progress -> calls.incrementAndGet() % 3 == 0);
    assertThatThrownBy(suite::stateless)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("decisions");
    assertThatThrownBy(suite::numbers)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("asked twice");
  }

  @Test
  void aPolicyThatReadsWhatItDoesNotName() {
    Suite suite = new Suite(progress -> progress.change(Progress.Change.STATE) < 1);
    assertThatThrownBy(suite::declared)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not measured");
    new Suite(
            HaltingPolicy.reading(
                Set.of(Progress.Change.STATE),
                progress -> progress.change(Progress.Change.STATE) < 1))
        .declared();
  }

  @Test
  void aPolicyThatIsNotRegistered() {
    assertThatThrownBy(() -> new Suite(progress -> false).discovered())
        .hasMessageStartingWith("unknown halting policy planted; found: ");
  }
}
