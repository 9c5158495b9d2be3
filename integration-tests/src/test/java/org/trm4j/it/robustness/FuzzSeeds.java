package org.trm4j.it.robustness;

import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * The seeds of some of a property's inputs. A build draws {@code trm.fuzz.tries} inputs for each
 * property from the seed {@code trm.fuzz.seed}, the same each time; the profile nightly draws more,
 * and others each time.
 */
record FuzzSeeds(long seed, int count) {
  private static final int PARTS = 10;
  private static final long BUILD_SEED = Long.getLong("trm.fuzz.seed", 1);

  /** Runs the test with each seed; a failure names the seed of its input. */
  void forEach(LongConsumer test) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      long input = random.nextLong();
      try {
        test.accept(input);
      } catch (RuntimeException | Error e) {
        String message = "input of seed %s, drawn with -Dtrm.fuzz.seed=%s: %s";
        throw new AssertionError(message.formatted(input, BUILD_SEED, e), e);
      }
    }
  }

  /** Splits a property's inputs into a few invocations: one for each would fill the report. */
  static final class Source implements ArgumentsProvider {
    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      int tries = Integer.getInteger("trm.fuzz.tries", 1000);
      return new SplittableRandom(BUILD_SEED)
          .longs(PARTS)
          .mapToObj(seed -> Arguments.of(new FuzzSeeds(seed, Math.ceilDiv(tries, PARTS))));
    }
  }
}
