package org.trm4j.backend.tornado.kernel;

/**
 * What the device knows of each slot: a record of integers, {@link #TOKENS} of header, then tokens
 * and labels.
 */
public final class SlotRecord {
  /** 1 where the slot takes part in steps. */
  public static final int ACTIVE = 0;

  /** Labels that count. */
  public static final int LABELLED = 1;

  /** 1 at the last allowed supervision step. */
  public static final int LAST = 2;

  /** Row of the puzzle embeddings on the device. */
  public static final int PUZZLE = 3;

  /** The first slot with the same puzzle. */
  public static final int LEADER = 4;

  /** 1 where the states are to be set to their initial vectors. */
  public static final int RESET = 5;

  /** Where the tokens start; the labels follow them. */
  public static final int TOKENS = 8;

  /** Floats that a training step reports of a slot. */
  public static final int REPORT = 8;

  private SlotRecord() {}

  public static int record(int tokens) {
    return Math.addExact(TOKENS, Math.multiplyExact(2, tokens));
  }
}
