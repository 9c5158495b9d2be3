package org.trm4j.server.limit;

import java.time.Duration;
import org.apiguardian.api.API;

/** The time by which a request must be done. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Deadline {
  private final Duration limit;
  private final long end;

  private Deadline(Duration limit) {
    this.limit = limit;
    this.end = System.nanoTime() + limit.toNanos();
  }

  /** Returns a deadline after the given time from now. */
  public static Deadline in(Duration limit) {
    return new Deadline(limit);
  }

  /**
   * Returns the remaining time.
   *
   * @throws DeadlineException if there is none
   */
  public Duration left() {
    long nanos = end - System.nanoTime();
    if (nanos <= 0) {
      throw passed();
    }
    return Duration.ofNanos(nanos);
  }

  /** Returns the exception that says that the deadline has passed. */
  public DeadlineException passed() {
    return new DeadlineException(
        "not solved within %s ms, waiting included".formatted(limit.toMillis()));
  }
}
