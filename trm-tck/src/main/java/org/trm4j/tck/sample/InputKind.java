package org.trm4j.tck.sample;

import org.apiguardian.api.API;

/** What the inputs of an operation look like. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public enum InputKind {
  /** Normally distributed. */
  MIXED,
  /** Neighbours nearly cancel. */
  CANCELLATION,
  /** About 1e8: a float can still hold the square of a product of two. */
  HUGE,
  /** Below the smallest normal number. */
  SUBNORMAL,
  /** One NaN. */
  NAN,
  /** One infinity of each sign. */
  INFINITE;

  public double value(double gaussian, int index) {
    return switch (this) {
      case MIXED -> gaussian;
      case CANCELLATION -> (index % 2 == 0 ? 1000 : -1000) + gaussian;
      case HUGE -> 1e8 * gaussian;
      case SUBNORMAL -> 1e-40 * gaussian;
      case NAN -> index == 1 ? Double.NaN : gaussian;
      case INFINITE ->
          index == 0 ? Double.POSITIVE_INFINITY : index == 1 ? Double.NEGATIVE_INFINITY : gaussian;
    };
  }
}
