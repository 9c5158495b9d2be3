package org.trm4j.backend.cpu.program;

import org.trm4j.model.ModelConfig;

/**
 * How many threads a piece of work is worth. A thread whose share takes less time than the wait for
 * it makes a step slower, and many times slower where the JVM sees more processors than it gets.
 */
public final class SizeOfWork {
  /** The fewest multiplications that a thread is given; a system property for tests. */
  public static final String PROPERTY = "org.trm4j.cpu.workPerThread";

  private static final long PER_THREAD = Math.max(1, Long.getLong(PROPERTY, 1L << 20));

  private SizeOfWork() {}

  /**
   * Returns the number of threads that share a sequence, judged by its largest operation, the
   * SwiGLU of a layer.
   */
  static int workers(ModelConfig config) {
    return workers(
        3L * config.swiGluInner(config.hiddenSize()) * config.hiddenSize() * config.length());
  }

  /** Returns the number of threads for the given number of multiplications between two barriers. */
  public static int workers(long multiplications) {
    return (int) Math.clamp(multiplications / PER_THREAD, 1, Integer.MAX_VALUE);
  }
}
