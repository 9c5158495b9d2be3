package org.trm4j.server.limit;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.springframework.stereotype.Component;
import org.trm4j.error.TrmException;

/**
 * Lets a limited number of requests solve and a limited number wait, and refuses all others at
 * once.
 */
@Component
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class SolveGate {
  private final int concurrency;
  private final int queue;
  private final Semaphore places;
  private final AtomicInteger present = new AtomicInteger();

  /** Creates a gate with the given limits. */
  public SolveGate(ServerLimits limits) {
    this.concurrency = limits.concurrency();
    this.queue = limits.queue();
    this.places = new Semaphore(concurrency, true);
  }

  /**
   * Waits for a permit and does the work.
   *
   * @throws ServerBusyException if too many already wait
   * @throws DeadlineException if no permit becomes free in time
   */
  public <T> T pass(Deadline deadline, Supplier<T> work) {
    return admit(() -> {
      enter(deadline);
      try {
        return work.get();
      } finally {
        places.release();
      }
    });
  }

  /**
   * Does work that is queued elsewhere.
   *
   * @throws ServerBusyException if too many already wait
   */
  public <T> T admit(Supplier<T> work) {
    if (present.incrementAndGet() > concurrency + queue) {
      present.decrementAndGet();
      throw new ServerBusyException(
          "%s requests are being solved and %s wait; try again later"
              .formatted(concurrency, queue));
    }
    try {
      return work.get();
    } finally {
      present.decrementAndGet();
    }
  }

  private void enter(Deadline deadline) {
    try {
      if (!places.tryAcquire(deadline.left().toNanos(), TimeUnit.NANOSECONDS)) {
        throw deadline.passed();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw interrupted();
    }
  }

  /** Returns the exception for a request whose thread the server has interrupted. */
  public static TrmException interrupted() {
    return new ServerBusyException("the server is stopping");
  }

  /** Returns the number of permits in use. */
  public int solving() {
    return concurrency - places.availablePermits();
  }
}
