package org.trm4j.backend.cpu.thread;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * A barrier for short waits: it spins, then yields, then sleeps, since whoever is late may be
 * waiting for this very processor. Once broken, everyone who waits gets an exception.
 */
public final class Barrier {
  private static final int SPINS = 2_000;
  private static final int YIELDS = 50;
  private static final long NAP_NANOS = 20_000;

  private final int parties;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int generation;
  private volatile boolean broken;

  public Barrier(int parties) {
    this.parties = parties;
  }

  void await() {
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
        LockSupport.parkNanos(this, NAP_NANOS);
      }
    }
  }

  void breakIt() {
    broken = true;
  }

  void reset() {
    arrived.set(0);
    broken = false;
  }
}
