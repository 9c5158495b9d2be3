package org.trm4j.it.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;

/** Runs a parser: it may refuse, in one line, and allocates in proportion to what it was given. */
final class Guarded {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long FREE_BYTES = 8 << 20;
  private static final long BYTES_PER_BYTE = 200;

  private Guarded() {}

  /** A parser under test. */
  interface Parser {
    void parse(byte[] input) throws Exception;
  }

  /** Returns whether the input was accepted. */
  static boolean accepts(
      byte[] input, Set<Class<? extends RuntimeException>> refusals, Parser parser) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    boolean accepted = true;
    try {
      parser.parse(input);
    } catch (Exception e) {
      accepted = false;
      if (refusals.stream().noneMatch(type -> type.isInstance(e))) {
        throw new AssertionError("%s is not among the refusals %s".formatted(e, refusals), e);
      }
      assertThat(e.getMessage()).isNotBlank();
      assertThat(e.getMessage().lines()).as("lines of: %s", e.getMessage()).hasSize(1);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertThat(allocated)
        .as("bytes allocated for an input of %s", input.length)
        .isLessThan(FREE_BYTES + BYTES_PER_BYTE * input.length);
    return accepted;
  }
}
