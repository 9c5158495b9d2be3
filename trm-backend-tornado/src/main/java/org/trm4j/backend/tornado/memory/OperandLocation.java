package org.trm4j.backend.tornado.memory;

/**
 * Where an operand lies in its array.
 *
 * @param kind what it is repeated for
 * @param offset floats from the start of what is repeated
 */
public record OperandLocation(Kind kind, int offset) {
  /** What an operand is repeated for. */
  public enum Kind {
    /** One for each slot: kept from step to step. */
    SLOT,
    /** One for each sequence of a launch. */
    SEQUENCE,
    /** One for all: a parameter, or a number. */
    SHARED
  }

  /** Returns what lies that many floats behind it. */
  public OperandLocation plus(int floats) {
    return new OperandLocation(kind, Math.addExact(offset, floats));
  }

  /** Returns a number as an operand. */
  public static OperandLocation number(int value) {
    return new OperandLocation(Kind.SHARED, value);
  }
}
