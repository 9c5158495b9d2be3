package org.trm4j.backend.tornado.memory;

/**
 * The sizes in floats of the arrays through which a library reads and writes matrices: its
 * functions take whole arrays, not ranges.
 *
 * @param left of left factors
 * @param right of right factors
 * @param result of results
 */
public record Staging(int left, int right, int result) {
  public static final Staging NONE = new Staging(0, 0, 0);

  public Staging max(Staging other) {
    return new Staging(
        Math.max(left, other.left), Math.max(right, other.right), Math.max(result, other.result));
  }

  public Staging times(int count) {
    return new Staging(
        Math.multiplyExact(left, count),
        Math.multiplyExact(right, count),
        Math.multiplyExact(result, count));
  }

  public int largest() {
    return Math.max(left, Math.max(right, result));
  }

  public long bytes() {
    return 4L * ((long) left + right + result);
  }
}
