package org.trm4j.backend.tornado.product;

/** How far values are from those that were expected. */
public final class RelativeError {
  private RelativeError() {}

  /** Returns the norm of the difference by the norm of what is expected, from an index on. */
  public static double of(float[] found, double[] expected, int from) {
    double difference = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      difference += Math.pow(found[i] - expected[from + i], 2);
      size += Math.pow(expected[from + i], 2);
    }
    return Math.sqrt(difference / size);
  }
}
