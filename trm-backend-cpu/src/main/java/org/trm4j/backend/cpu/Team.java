package org.trm4j.backend.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.BackendException;

/**
 * Threads that run the same job together; the caller is one of them. Jobs of different callers take
 * turns.
 */
final class Team implements AutoCloseable {
  private static final int SPINS = 2_000;

  private final ReentrantLock turn = new ReentrantLock(true);
  private final List<Worker> together = new ArrayList<>();
  private final List<Worker> alone = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Barrier barrier;
  private final Barrier end;
  private volatile int generation;
  private volatile boolean closed;
  private volatile @Nullable Consumer<Worker> job;
  private volatile @Nullable Throwable failure;

  Team(int size, String name) {
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

  int size() {
    return together.size();
  }

  /** Returns the view of a worker that works for itself alone, with the same scratch memory. */
  Worker alone(Worker worker) {
    return alone.get(worker.index());
  }

  /** Runs a job on every worker and waits for all. */
  void run(Consumer<Worker> work) {
    turn.lock();
    try {
      if (closed) {
        throw BackendException.closed("backend");
      }
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
      turn.unlock();
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
    turn.lock();
    try {
      closed = true;
      threads.forEach(LockSupport::unpark);
    } finally {
      turn.unlock();
    }
  }
}
