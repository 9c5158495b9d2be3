package org.trm4j.backend.tornado;

/**
 * Where an operand lies in its array.
 *
 * @param kind what it is repeated for
 * @param offset floats from the start of what is repeated
 */
record Place(Kind kind, int offset) {
  /** What an operand is repeated for. */
  enum Kind {
    /** One for each slot: kept from step to step. */
    SLOT,
    /** One for each sequence of a launch. */
    SEQUENCE,
    /** One for all: a parameter, or a number. */
    SHARED
  }

  /** Returns a number as an operand. */
  static Place number(int value) {
    return new Place(Kind.SHARED, value);
  }
}
