package org.trm4j.backend.cpu.kernel.vector;

import java.util.concurrent.CountDownLatch;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Measures the processor's peak: fused multiply-adds on registers only, on all threads at once. */
public final class FmaPeak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  // So many that the caller is never compiled: if the chains were inlined there, they would spill
  // to the stack.
  private static final int ROUNDS = 2_000_000;
  private static final int WINDOWS = 4;
  private static final long NANOS = 20_000_000;

  private static final int WARM_UP_ROUNDS = 1_000;
  private static final long WARM_UP_NANOS = 300_000_000;

  private FmaPeak() {}

  /**
   * Gives the compiler time to compile the chains as a method of their own, from its beginning: a
   * loop that is compiled while it runs may be half as fast.
   */
  public static void warmUp() {
    long end = System.nanoTime() + WARM_UP_NANOS;
    float sink = 0;
    while (System.nanoTime() < end && !Float.isNaN(sink)) {
      sink += chains(WARM_UP_ROUNDS);
    }
  }

  /**
   * Returns the most GFLOP/s of four times 20 milliseconds, counting a multiply-add as two. The
   * rate of a virtual machine changes within seconds, so measure it together with what you compare
   * it to. A window in which the machine did something else is not a peak. The same threads run all
   * windows, because new threads may share a processor until the scheduler moves them.
   */
  public static double measure(int threads) {
    CountDownLatch ready = new CountDownLatch(threads);
    Thread[] workers = new Thread[threads];
    double[][] rates = new double[threads][];
    for (int t = 0; t < threads; t++) {
      int index = t;
      workers[t] = Thread.ofPlatform().start(() -> rates[index] = windows(ready));
    }
    for (Thread worker : workers) {
      try {
        worker.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while measuring", e);
      }
    }
    double most = 0;
    for (int w = 0; w < WINDOWS; w++) {
      double together = 0;
      for (double[] rate : rates) {
        together += rate[w];
      }
      most = Math.max(most, together);
    }
    return most;
  }

  // A separate method: when spinning got its caller compiled, the chains were inlined there.
  private static void spin(CountDownLatch ready) {
    ready.countDown();
    while (ready.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  /** Returns this thread's GFLOP/s in each window; all threads start a window together. */
  private static double[] windows(CountDownLatch ready) {
    spin(ready);
    double[] rates = new double[WINDOWS];
    long begin = System.nanoTime();
    float sink = 0;
    for (int w = 0; w < WINDOWS; w++) {
      long start = System.nanoTime();
      long now = start;
      long rounds = 0;
      while (now - begin < (w + 1) * NANOS) {
        sink += chains(ROUNDS);
        rounds += ROUNDS;
        now = System.nanoTime();
      }
      // Reading the sink keeps the compiler from removing the loop.
      rates[w] =
          Float.isNaN(sink) || rounds == 0
              ? 0
              : 2.0 * 10 * SPECIES.length() * rounds / (now - start);
    }
    return rates;
  }

  /**
   * Ten independent chains: more than any processor's latency times throughput, and few enough for
   * 16 registers.
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
