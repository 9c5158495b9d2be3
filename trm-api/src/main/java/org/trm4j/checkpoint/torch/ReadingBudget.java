package org.trm4j.checkpoint.torch;

/**
 * What reading a pickle may make in all. A few bytes can ask for one large object again and again;
 * whatever is copied, or made longer, is charged, and the sum is bounded by the pickle's size.
 */
final class ReadingBudget {
  private static final long BASE = 1 << 16;
  private static final long EACH_BYTE = 16;

  private final long limit;
  private long used;

  /**
   * Creates a budget.
   *
   * @param bytes size of the pickle
   */
  ReadingBudget(long bytes) {
    this.limit = BASE + EACH_BYTE * bytes;
  }

  /** Charges items or characters; throws {@link IllegalArgumentException} where there are none. */
  void charge(long units) {
    used += units;
    if (used > limit) {
      throw new IllegalArgumentException(
          "pickle: makes more than %s items and characters of its few bytes; no checkpoint needs that"
              .formatted(limit));
    }
  }
}
