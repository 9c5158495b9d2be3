package org.trm4j.backend.tornado.kernel;

/**
 * The device's view of a slot: a record of integers, with a header of {@link #TOKENS} integers,
 * then tokens and labels.
 */
public final class SlotRecord {
  /** 1 if the slot takes part in steps. */
  public static final int ACTIVE = 0;

  /** The number of labels that count. */
  public static final int LABELLED = 1;

  /** 1 at the last allowed supervision step. */
  public static final int LAST = 2;

  /** Row of the puzzle embeddings on the device. */
  public static final int PUZZLE = 3;

  /** The first slot with the same puzzle. */
  public static final int LEADER = 4;

  /** 1 if the states are to be reset to their start. */
  public static final int RESET = 5;

  /** The low half of the key of all draws; the high half follows. */
  public static final int KEY = 6;

  /** 1 if the count of draws is to be set to {@link #DRAWS}. */
  public static final int COUNT = 8;

  /** The low half of a count of noisy updates; the high half follows. */
  public static final int DRAWS = 9;

  /** The offset of the tokens; the labels follow them. */
  public static final int TOKENS = 12;

  /** The number of floats that a training step reports for a slot. */
  public static final int REPORT = 8;

  /**
   * Integers of each slot in the array of draws: a count of noisy updates, then the stream of the
   * current draw, each as a low half and a high half.
   */
  public static final int DRAW = 4;

  /** The offset of the stream among them. */
  public static final int STREAM = 2;

  private SlotRecord() {}

  public static int record(int tokens) {
    return Math.addExact(TOKENS, Math.multiplyExact(2, tokens));
  }
}
