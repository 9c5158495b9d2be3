package org.trm4j;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call has to end: its thread was interrupted, its time is over, or the caller asks for
 * it. Polled from any thread; once true it stays true. Never clears an interrupt.
 */
final class StopSignal implements BooleanSupplier {
  private final Thread caller = Thread.currentThread();
  private final BooleanSupplier asked;
  private final boolean limited;
  private final long deadline;
  private volatile SolveStoppedException.@Nullable Reason reason;

  StopSignal(SolveOptions options) {
    asked = options.stop();
    limited = options.timeout().isPresent();
    deadline = System.nanoTime() + options.timeout().map(StopSignal::nanos).orElse(0L);
  }

  /** Half of the range is 146 years; differences of times stay right. */
  private static long nanos(Duration limit) {
    long most = Long.MAX_VALUE / 2;
    return limit.compareTo(Duration.ofNanos(most)) >= 0 ? most : limit.toNanos();
  }

  @Override
  public boolean getAsBoolean() {
    if (reason == null) {
      if (caller.isInterrupted()) {
        reason = SolveStoppedException.Reason.INTERRUPTED;
      } else if (limited && System.nanoTime() - deadline >= 0) {
        reason = SolveStoppedException.Reason.TIMEOUT;
      } else if (asked.getAsBoolean()) {
        reason = SolveStoppedException.Reason.REQUESTED;
      }
    }
    return reason != null;
  }

  /** Returns whether only an interrupt can end the call. */
  boolean waits() {
    return !limited && asked == SolveOptions.DEFAULT.stop();
  }

  /** Returns the longest time that the caller may wait before it polls again. */
  long waitNanos(long most) {
    return limited ? Math.clamp(deadline - System.nanoTime(), 0, most) : most;
  }

  /** Returns why the call ended, if it did. */
  SolveStoppedException.Reason reason() {
    SolveStoppedException.Reason why = reason;
    // A backend that saw the interrupt first has given it back since.
    return why == null ? SolveStoppedException.Reason.INTERRUPTED : why;
  }

  SolveStoppedException exception(int solved) {
    return new SolveStoppedException(reason(), solved);
  }
}
