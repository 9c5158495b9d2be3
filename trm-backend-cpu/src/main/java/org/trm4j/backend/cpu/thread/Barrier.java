package org.trm4j.backend.cpu.thread;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A barrier for short waits: it spins, then yields, then sleeps, because the late thread may be
 * waiting for this very processor. Once it is broken, every waiting thread gets an exception.
 */
public final class Barrier {
  private static final int SPINS = 2_000;
  private static final int YIELDS = 50;
  private static final long NAP_NANOS = 20_000;

  private final AtomicInteger arrived = new AtomicInteger();
  private int parties;
  private volatile int generation;
  private volatile boolean broken;
  private volatile boolean interrupted;

  public Barrier(int parties) {
    this.parties = parties;
  }

  /**
   * Waits for the others.
   *
   * @param caller whether this thread submitted the job; its interrupt is kept
   */
  void await(boolean caller) {
    if (parties == 1) {
      return;
    }
    int mine = generation;
    if (arrived.incrementAndGet() == parties) {
      arrived.set(0);
      generation = mine + 1;
      return;
    }
    int spins = 0;
    while (generation == mine) {
      if (broken) {
        throw new IllegalStateException("another worker failed");
      }
      spins++;
      if (spins < SPINS) {
        Thread.onSpinWait();
      } else if (spins < SPINS + YIELDS) {
        Thread.yield();
      } else {
        nap(caller);
      }
    }
  }

  /** An interrupted thread cannot sleep, so the interrupt is set aside until the job is done. */
  private void nap(boolean caller) {
    if (Thread.interrupted() && caller) {
      interrupted = true;
    }
    LockSupport.parkNanos(this, NAP_NANOS);
  }

  /** Returns whether an interrupt of the caller was set aside. */
  boolean interrupted() {
    return interrupted;
  }

  /** Returns whether an interrupt of the caller was set aside, and clears it. */
  boolean takeInterrupt() {
    boolean taken = interrupted;
    interrupted = false;
    return taken;
  }

  void breakIt() {
    broken = true;
  }

  /** Resets the barrier for the next job; no thread may be waiting. */
  void reset(int count) {
    parties = count;
    arrived.set(0);
    broken = false;
  }
}
