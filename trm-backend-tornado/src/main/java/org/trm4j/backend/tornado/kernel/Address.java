package org.trm4j.backend.tornado.kernel;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Reads a launch's operands: the first slot, the number of sequences, then a base and a stride for
 * each buffer.
 */
public final class Address {
  /** Index of the first slot of the launch. */
  public static final int FIRST = 0;

  /** Index of the number of sequences of the launch. */
  public static final int COUNT = 1;

  /** Index of the first buffer. */
  public static final int BUFFERS = 2;

  private Address() {}

  /** Returns where buffer {@code at} of the launch's sequence {@code p} starts. */
  public static int of(IntArray operands, int at, int p) {
    return operands.get(at) + p * operands.get(at + 1);
  }

  /** Returns whether the launch has a sequence {@code p} and it has been started. */
  public static boolean works(IntArray operands, IntArray active, int p) {
    return p < operands.get(COUNT) && active.get(operands.get(FIRST) + p) != 0;
  }
}
