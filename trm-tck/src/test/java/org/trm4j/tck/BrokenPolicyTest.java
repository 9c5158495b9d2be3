package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;
import static org.trm4j.recursion.RecursionProgram.Builder.withoutGradient;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/** The suite of recursion policies catches a defect of every category. */
class BrokenPolicyTest {
  private enum Defect {
    NONE,
    ANOTHER_PROGRAM_EACH_TIME,
    ARGUMENT_WITHOUT_EFFECT,
    MODULE_WITHOUT_GRADIENT
  }

  /** A policy with a defect; not registered. */
  private record Policy(Defect defect) implements RecursionPolicyProvider {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    public String id() {
      return "broken";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "has a defect";
    }

    @Override
    public PolicyArguments defaults() {
      return PolicyArguments.of("n", 2);
    }

    @Override
    public RecursionProgram program(PolicyArguments arguments) {
      int times =
          switch (defect) {
            case ANOTHER_PROGRAM_EACH_TIME -> CALLS.incrementAndGet();
            case ARGUMENT_WITHOUT_EFFECT -> 2;
            default -> arguments.get("n");
          };
      Statement think = repeat(times, update("z", "low", "z", "y", "x"));
      Statement answer = update("y", "high", "y", "z");
      boolean cut = defect == Defect.MODULE_WITHOUT_GRADIENT;
      return RecursionProgram.builder("broken")
          .state("y", "H_init")
          .state("z", "L_init")
          .module("low", 1)
          .module("high", 1)
          .then(cut ? withoutGradient(think) : withGradient(think), withGradient(answer))
          .answer("y")
          .build();
    }
  }

  private static RecursionPolicyContract suite(Defect defect) {
    return new RecursionPolicyContract() {
      @Override
      protected RecursionPolicyProvider provider() {
        return new Policy(defect);
      }
    };
  }

  @Test
  void passesWithoutDefect() {
    suite(Defect.NONE).makesTheSameProgramAgain();
    suite(Defect.NONE).takesItsArguments();
    suite(Defect.NONE).trainsOnTheOracle();
  }

  @Test
  void catchesAPolicyThatIsNotRegistered() {
    assertThatThrownBy(suite(Defect.NONE)::isDiscovered)
        .hasMessageContaining("unknown recursion policy broken");
  }

  @Test
  void catchesAnotherProgramEachTime() {
    assertThatThrownBy(suite(Defect.ANOTHER_PROGRAM_EACH_TIME)::makesTheSameProgramAgain)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void catchesAnArgumentWithoutEffect() {
    assertThatThrownBy(suite(Defect.ARGUMENT_WITHOUT_EFFECT)::takesItsArguments)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("program with n = 3, beside 1");
  }

  @Test
  void catchesAModuleThatTheLossDoesNotReach() {
    assertThatThrownBy(suite(Defect.MODULE_WITHOUT_GRADIENT)::trainsOnTheOracle)
        .hasMessageContaining("module low: is not reached by the loss");
  }
}
