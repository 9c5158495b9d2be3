package org.trm4j.cli;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Measures what the processor can do at most: fused multiply-adds on registers only, on all threads
 * at once.
 */
final class FmaPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 100_000;
  private static final int WINDOWS = 4;
  private static final long NANOS = 20_000_000;

  private FmaPeak() {}

  /**
   * Returns the most GFLOP/s of four times 20 milliseconds, a multiply-add counted as two. The rate
   * of a virtual machine changes within seconds, so it is to be measured beside what it is compared
   * with; a window in which the machine did something else is no peak.
   */
  static double measure(int threads) {
    double most = 0;
    for (int i = 0; i < WINDOWS; i++) {
      most = Math.max(most, window(threads));
    }
    return most;
  }

  private static double window(int threads) {
    CountDownLatch ready = new CountDownLatch(threads);
    Thread[] workers = new Thread[threads];
    long[] nanos = new long[threads];
    long[] rounds = new long[threads];
    float[] sinks = new float[threads];
    for (int t = 0; t < threads; t++) {
      int index = t;
      workers[t] =
          Thread.ofPlatform()
              .start(() -> {
                ready.countDown();
                while (ready.getCount() > 0) {
                  Thread.onSpinWait();
                }
                long start = System.nanoTime();
                do {
                  sinks[index] += chains(ROUNDS);
                  rounds[index] += ROUNDS;
                  nanos[index] = System.nanoTime() - start;
                } while (nanos[index] < NANOS);
              });
    }
    double rate = 0;
    for (int t = 0; t < threads; t++) {
      try {
        workers[t].join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      }
      // Reading the sink keeps the loop from being removed.
      rate += Float.isNaN(sinks[t]) ? 0 : 2.0 * 10 * SPECIES.length() * rounds[t] / nanos[t];
    }
    return rate;
  }

  /**
   * Ten independent chains: more than latency times throughput of any processor, few enough for 16
   * registers.
   */
  private static float chains(int rounds) {
    FloatVector m = FloatVector.broadcast(SPECIES, 0.999999f);
    FloatVector a = FloatVector.broadcast(SPECIES, 1e-6f);
    FloatVector x0 = m;
    FloatVector x1 = m;
    FloatVector x2 = m;
    FloatVector x3 = m;
    FloatVector x4 = m;
    FloatVector x5 = m;
    FloatVector x6 = m;
    FloatVector x7 = m;
    FloatVector x8 = m;
    FloatVector x9 = m;
    for (int i = 0; i < rounds; i++) {
      x0 = m.fma(a, x0);
      x1 = m.fma(a, x1);
      x2 = m.fma(a, x2);
      x3 = m.fma(a, x3);
      x4 = m.fma(a, x4);
      x5 = m.fma(a, x5);
      x6 = m.fma(a, x6);
      x7 = m.fma(a, x7);
      x8 = m.fma(a, x8);
      x9 = m.fma(a, x9);
    }
    return x0.add(x1).add(x2).add(x3).add(x4).add(x5).add(x6).add(x7).add(x8).add(x9).lane(0);
  }
}
