package org.trm4j.backend.cpu.thread;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;

/**
 * Threads that run the same job together; the caller is one of them. Jobs of different callers take
 * turns, or run on their callers' threads alone; no more jobs run at a time than the team has
 * threads. Threads start when a job needs them and end after a while without jobs. They inherit
 * nothing from the thread that starts them.
 */
public final class Team implements AutoCloseable {
  private static final int SPINS = 2_000;
  private static final long KEPT_NANOS = 1_000_000_000;

  /** A job for the first {@code count} workers. */
  private record Job(int workers, Consumer<Worker> work) {}

  private final String name;
  private final Semaphore places;
  private final Semaphore together = new Semaphore(1, true);
  private final Worker.Memory[] memories;
  private final Barrier barrier = new Barrier(1);
  private final Barrier end = new Barrier(1);
  private final Barrier none = new Barrier(1);
  private final @Nullable Thread[] threads;
  private volatile boolean closed;
  private volatile @Nullable Job job;
  private volatile @Nullable Throwable failure;

  public Team(int size, String name) {
    this.name = name;
    places = new Semaphore(size, true);
    memories = new Worker.Memory[size];
    for (int i = 0; i < size; i++) {
      memories[i] = new Worker.Memory();
    }
    threads = new @Nullable Thread[size];
  }

  public int size() {
    return memories.length;
  }

  /** Returns a view of a worker that works alone, with the same scratch memory. */
  public Worker alone(Worker worker) {
    return new Worker(0, 1, none, memories[worker.index()]);
  }

  /**
   * Returns whether other callers work or wait; then all finish sooner without waiting for each
   * other.
   */
  public boolean isBusy() {
    return places.availablePermits() < size() || places.hasQueuedThreads();
  }

  /** Returns whether the caller of the present job was interrupted while it waited for workers. */
  public boolean interrupted() {
    return barrier.interrupted() || end.interrupted();
  }

  /** Runs a job on the caller's thread, with scratch memory of the caller's own. */
  public void runAlone(Worker.Memory memory, Consumer<Worker> work) {
    places.acquireUninterruptibly();
    try {
      checkOpen();
      work.accept(new Worker(0, 1, none, memory));
    } finally {
      places.release();
    }
  }

  /** Runs a job on as many workers and waits for all. */
  public void run(int workers, Consumer<Worker> work) {
    int count = Math.clamp(workers, 1, size());
    together.acquireUninterruptibly();
    try {
      places.acquireUninterruptibly(count);
      try {
        checkOpen();
        if (count == 1) {
          work.accept(new Worker(0, 1, none, memories[0]));
        } else {
          share(new Job(count, work));
        }
      } finally {
        places.release(count);
      }
    } finally {
      together.release();
    }
  }

  private void share(Job shared) {
    failure = null;
    barrier.reset(shared.workers());
    end.reset(shared.workers());
    publish(shared);
    try {
      attempt(0, shared);
      end.await(true);
    } finally {
      job = null;
      if (barrier.takeInterrupt() | end.takeInterrupt()) {
        Thread.currentThread().interrupt();
      }
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new BackendException("backend %s: a worker failed: %s".formatted(name, thrown), thrown);
    }
  }

  /**
   * Runs under the lock, so that no worker ends after it was counted and before it gets the job.
   */
  private void publish(Job shared) {
    synchronized (threads) {
      job = shared;
      for (int i = 1; i < shared.workers(); i++) {
        Thread thread = threads[i];
        if (thread == null) {
          start(i);
        } else {
          LockSupport.unpark(thread);
        }
      }
    }
  }

  private void start(int index) {
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name(name + "-" + index)
            .inheritInheritableThreadLocals(false)
            .unstarted(() -> serve(index));
    thread.setContextClassLoader(null);
    threads[index] = thread;
    thread.start();
  }

  private void serve(int index) {
    Job seen = null;
    int spins = 0;
    while (true) {
      Job current = job;
      if (current != null && current != seen && index < current.workers()) {
        seen = current;
        spins = 0;
        attempt(index, current);
        end.await(false);
      } else if (spins < SPINS && !closed) {
        spins++;
        Thread.onSpinWait();
      } else {
        // A stray interrupt would turn every sleep into a spin.
        Thread.interrupted();
        long since = System.nanoTime();
        if (!closed) {
          LockSupport.parkNanos(this, KEPT_NANOS);
        }
        boolean idle = System.nanoTime() - since >= KEPT_NANOS;
        if ((idle || closed) && leave(index, seen)) {
          return;
        }
      }
    }
  }

  private boolean leave(int index, @Nullable Job seen) {
    synchronized (threads) {
      Job current = job;
      if (current != null && current != seen && index < current.workers()) {
        return false;
      }
      threads[index] = null;
      memories[index].free();
      return true;
    }
  }

  private void attempt(int index, Job current) {
    try {
      current.work().accept(new Worker(index, current.workers(), barrier, memories[index]));
    } catch (Throwable thrown) {
      synchronized (this) {
        if (failure == null) {
          failure = thrown;
        }
      }
      barrier.breakIt();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw BackendException.closed("backend");
    }
  }

  /** Waits for running jobs; waiting jobs are refused. */
  @Override
  public void close() {
    places.acquireUninterruptibly(size());
    closed = true;
    places.release(size());
    synchronized (threads) {
      for (Thread thread : threads) {
        if (thread != null) {
          LockSupport.unpark(thread);
        }
      }
    }
  }
}
