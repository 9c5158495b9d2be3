package org.trm4j.backend.cpu.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;

/**
 * Threads that run the same job together; the caller is one of them. Jobs of different callers take
 * turns, or run on their callers' threads alone: never more at a time than the team has threads.
 */
public final class Team implements AutoCloseable {
  private static final int SPINS = 2_000;

  private final Semaphore places;
  private final List<Worker> together = new ArrayList<>();
  private final List<Worker> alone = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Barrier barrier;
  private final Barrier end;
  private volatile int generation;
  private volatile boolean closed;
  private volatile @Nullable Consumer<Worker> job;
  private volatile @Nullable Throwable failure;

  public Team(int size, String name) {
    places = new Semaphore(size, true);
    barrier = new Barrier(size);
    end = new Barrier(size);
    Barrier none = new Barrier(1);
    for (int i = 0; i < size; i++) {
      Worker.Memory memory = new Worker.Memory();
      together.add(new Worker(i, size, barrier, memory));
      alone.add(new Worker(0, 1, none, memory));
    }
    for (int i = 1; i < size; i++) {
      Worker worker = together.get(i);
      threads.add(Thread.ofPlatform().daemon().name(name + "-" + i).unstarted(() -> serve(worker)));
    }
    threads.forEach(Thread::start);
  }

  public int size() {
    return together.size();
  }

  /** Returns the view of a worker that works for itself alone, with the same scratch memory. */
  public Worker alone(Worker worker) {
    return alone.get(worker.index());
  }

  /** Returns whether others work or wait: then all get more done without waiting for each other. */
  public boolean isBusy() {
    return places.availablePermits() < size() || places.hasQueuedThreads();
  }

  /** Runs a job on the caller's thread, with scratch memory of the caller's own. */
  public void runAlone(Worker.Memory memory, Consumer<Worker> work) {
    places.acquireUninterruptibly();
    try {
      checkOpen();
      work.accept(new Worker(0, 1, new Barrier(1), memory));
    } finally {
      places.release();
    }
  }

  /** Runs a job on every worker and waits for all. */
  public void run(Consumer<Worker> work) {
    places.acquireUninterruptibly(size());
    try {
      checkOpen();
      failure = null;
      job = work;
      generation++;
      threads.forEach(LockSupport::unpark);
      attempt(together.getFirst(), work);
      end.await();
      job = null;
      Throwable thrown = failure;
      if (thrown != null) {
        barrier.reset();
        throw new IllegalStateException("a worker failed: " + thrown, thrown);
      }
    } finally {
      places.release(size());
    }
  }

  private void checkOpen() {
    if (closed) {
      throw BackendException.closed("backend");
    }
  }

  private void serve(Worker worker) {
    int seen = 0;
    int spins = 0;
    while (!closed) {
      // The generation first: the job is set before it.
      int current = generation;
      Consumer<Worker> work = job;
      if (current == seen || work == null) {
        if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
        continue;
      }
      seen = current;
      spins = 0;
      attempt(worker, work);
      end.await();
    }
  }

  private void attempt(Worker worker, Consumer<Worker> work) {
    try {
      work.accept(worker);
    } catch (Throwable thrown) {
      synchronized (this) {
        if (failure == null) {
          failure = thrown;
        }
      }
      barrier.breakIt();
    }
  }

  @Override
  public void close() {
    places.acquireUninterruptibly(size());
    try {
      closed = true;
      threads.forEach(LockSupport::unpark);
    } finally {
      places.release(size());
    }
  }
}
