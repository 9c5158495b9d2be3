package org.trm4j.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that share the items of one job at a time. The caller works too; when another caller has
 * the threads, it works alone, so that many callers never wait for each other.
 */
final class WorkerPool implements AutoCloseable {
  /**
   * How often an idle worker looks for work before it parks: long enough to bridge the gap between
   * two operations.
   */
  private static final int SPINS = 20_000;

  private final Thread[] helpers;
  private final ReentrantLock turn = new ReentrantLock();
  private volatile @Nullable Job job;
  private volatile boolean closed;

  WorkerPool(int threads) {
    helpers = new Thread[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = Thread.ofPlatform().daemon().name("trm-cpu-" + (i + 1)).unstarted(this::work);
    }
    for (Thread helper : helpers) {
      helper.start();
    }
  }

  int threads() {
    return helpers.length + 1;
  }

  /**
   * Runs {@code body} for 0..count-1, each once, in any order and on any thread; returns when all
   * are done.
   */
  void run(int count, IntConsumer body) {
    if (count <= 1 || helpers.length == 0 || turn.isHeldByCurrentThread() || !turn.tryLock()) {
      for (int i = 0; i < count; i++) {
        body.accept(i);
      }
      return;
    }
    try {
      Job shared = new Job(count, body);
      job = shared;
      for (int i = 0; i < Math.min(helpers.length, count - 1); i++) {
        LockSupport.unpark(helpers[i]);
      }
      shared.drain();
      while (shared.done.get() < count) {
        Thread.onSpinWait();
      }
      job = null;
      shared.rethrow();
    } finally {
      turn.unlock();
    }
  }

  private void work() {
    Job last = null;
    int idle = 0;
    while (!closed) {
      Job current = job;
      if (current != null && current != last) {
        current.drain();
        last = current;
        idle = 0;
      } else if (++idle < SPINS) {
        Thread.onSpinWait();
      } else {
        // A job that is set between the look and the park comes with a permit: the park returns at
        // once.
        LockSupport.park(this);
        idle = 0;
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }

  private static final class Job {
    final int count;
    final IntConsumer body;
    final AtomicInteger next = new AtomicInteger();
    final AtomicInteger done = new AtomicInteger();
    final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Job(int count, IntConsumer body) {
      this.count = count;
      this.body = body;
    }

    void drain() {
      for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
        try {
          body.accept(i);
        } catch (Throwable t) {
          failure.compareAndSet(null, t);
        } finally {
          done.incrementAndGet();
        }
      }
    }

    void rethrow() {
      Throwable t = failure.get();
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t instanceof Error e) {
        throw e;
      }
    }
  }
}
