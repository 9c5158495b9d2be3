package org.trm4j.tck;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.halting.spi.Progress;

/** The suite of halting policies catches a defect of every category. */
class BrokenHaltingPolicyTest {
  /** A policy that stops at a positive logit, with the changes of a case. */
  private record Planted(String id, String defaultArgument, Function<String, HaltingPolicy> made)
      implements HaltingPolicyProvider {
    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "stops at a positive logit";
    }

    @Override
    public HaltingPolicy policy(String argument) {
      return made.apply(argument);
    }
  }

  /** The suite on a policy. */
  private static final class Suite extends HaltingPolicyContract {
    private final HaltingPolicyProvider provider;

    Suite(HaltingPolicyProvider provider) {
      this.provider = provider;
    }

    @Override
    protected HaltingPolicyProvider provider() {
      return provider;
    }
  }

  private static Suite suite(HaltingPolicy policy) {
    return new Suite(new Planted("planted", "", argument -> policy));
  }

  private static DynamicTest caught(String defect, ThrowingCallable contract, String message) {
    return DynamicTest.dynamicTest(
        defect, () -> assertThatThrownBy(contract).hasStackTraceContaining(message));
  }

  @TestFactory
  List<DynamicTest> catches() {
    AtomicInteger calls = new AtomicInteger();
    HaltingPolicy counting =
        progress -> progress.haltLogit() > 0 && calls.incrementAndGet() % 7 == 0;
    Thread owner = Thread.currentThread();
    HaltingPolicy owned = progress -> progress.haltLogit() > 0 && Thread.currentThread() == owner;
    HaltingPolicy unnamed = progress -> progress.change(Progress.Change.STATE) < 0.1;
    HaltingPolicy strict =
        progress -> {
          if (Float.isNaN(progress.haltLogit())) {
            throw new IllegalStateException("no number");
          }
          return progress.haltLogit() > 0;
        };
    HaltingPolicy wavering =
        progress -> Float.isNaN(progress.haltLogit()) && calls.incrementAndGet() % 2 == 0;
    HaltingPolicy changing =
        new HaltingPolicy() {
          @Override
          public boolean halt(Progress progress) {
            return progress.haltLogit() > 0;
          }

          @Override
          public Set<Progress.Change> reads() {
            return calls.incrementAndGet() % 2 == 0 ? Set.of() : Set.of(Progress.Change.LOGITS);
          }
        };
    return List.of(
        caught("counts its calls", suite(counting)::isStateless, "decisions in another order"),
        caught("works for one thread", suite(owned)::isThreadSafe, "several threads at a time"),
        caught(
            "asks for a change that it does not name",
            suite(unnamed)::asksOnlyForTheChangesThatItNames,
            "change STATE: is not measured"),
        caught("fails on NaN", suite(strict)::takesAnyNumbers, "no number"),
        caught("decides at random on NaN", suite(wavering)::takesAnyNumbers, "asked twice"),
        caught(
            "names other changes each time",
            suite(changing)::asksOnlyForTheChangesThatItNames,
            "changes, asked twice"),
        caught(
            "is not registered",
            suite(strict)::isDiscovered,
            "unknown halting policy planted; found: "),
        caught(
            "takes any argument",
            suite(strict)::refusesWrongArguments,
            "Expecting code to raise a throwable"),
        caught(
            "has a separator in its default argument",
            new Suite(new Planted("planted", "a,b", argument -> strict))::isDiscovered,
            "default argument"),
        caught(
            "has an id that is none",
            new Suite(new Planted("Planted Policy", "", argument -> strict))::isDiscovered,
            "[id]"));
  }

  @Test
  void passesWithoutDefect() {
    Suite suite =
        suite(
            HaltingPolicy.reading(
                Set.of(Progress.Change.STATE),
                progress -> progress.change(Progress.Change.STATE) < 1));
    suite.asksOnlyForTheChangesThatItNames();
    suite.isStateless();
    suite.takesAnyNumbers();
  }
}
