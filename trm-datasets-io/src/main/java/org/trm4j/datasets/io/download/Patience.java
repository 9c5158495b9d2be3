package org.trm4j.datasets.io.download;

import java.time.Duration;

/**
 * How long a server is waited for.
 *
 * @param stall how long nothing may arrive
 * @param leastBytesPerSecond the rate below which a transfer is given up
 * @param grace how long a transfer may be slower than that
 * @param pause before the second try; doubled before each further one
 */
record Patience(Duration stall, long leastBytesPerSecond, Duration grace, Duration pause) {
  /** A line of 8 kbit/s is used, a server that sends a byte now and then is left. */
  static final Patience USUAL =
      new Patience(Duration.ofSeconds(30), 1_000, Duration.ofSeconds(60), Duration.ofSeconds(1));

  /** Returns whether so few bytes in that time are a drip. */
  boolean drips(long nanos, long bytes) {
    return nanos > grace.toNanos() && bytes * 1e9 < (double) leastBytesPerSecond * nanos;
  }
}
