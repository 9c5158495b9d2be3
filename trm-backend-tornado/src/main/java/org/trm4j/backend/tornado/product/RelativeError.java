package org.trm4j.backend.tornado.product;

/** The distance of values from the expected ones. */
public final class RelativeError {
  private RelativeError() {}

  /**
   * Returns the norm of the difference divided by the norm of the expected values, from an index
   * on.
   */
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
