package org.trm4j.backend.cpu;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A barrier for short waits: it spins, then yields. Once broken, everyone who waits gets an
 * exception.
 */
final class Barrier {
  private static final int SPINS = 2_000;

  private final int parties;
  private final AtomicInteger arrived = new AtomicInteger();
  private volatile int generation;
  private volatile boolean broken;

  Barrier(int parties) {
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
      if (spins < SPINS) {
        spins++;
        Thread.onSpinWait();
      } else {
        Thread.yield();
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
