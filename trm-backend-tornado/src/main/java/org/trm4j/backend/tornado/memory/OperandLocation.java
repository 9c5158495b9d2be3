package org.trm4j.backend.tornado.memory;

/**
 * The location of an operand in its array.
 *
 * @param kind what has a copy of it
 * @param offset floats from the start of a copy
 */
public record OperandLocation(Kind kind, int offset) {
  /** What has a copy of an operand. */
  public enum Kind {
    /** One for each slot: kept from step to step. */
    SLOT,
    /** One for each sequence of a launch. */
    SEQUENCE,
    /** One for all: a parameter, or a number. */
    SHARED
  }

  /** Returns the location the given number of floats behind it. */
  public OperandLocation plus(int floats) {
    return new OperandLocation(kind, Math.addExact(offset, floats));
  }

  /** Returns a number as an operand. */
  public static OperandLocation number(int value) {
    return new OperandLocation(Kind.SHARED, value);
  }
}
