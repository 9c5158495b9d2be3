package org.trm4j.backend.tornado.program;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a backend's engines have launched and compiled. */
public final class LaunchStatistics {
  private final AtomicLong launches = new AtomicLong();
  private final AtomicLong kernels = new AtomicLong();
  private final AtomicLong compileNanos = new AtomicLong();
  private final AtomicLong held = new AtomicLong();
  private final AtomicLong most = new AtomicLong();

  /** Runs a launch; an engine's first launch of a graph compiles its kernels. */
  void launch(BitSet compiled, int graph, int kernelsOfGraph, Runnable work) {
    long start = System.nanoTime();
    work.run();
    launches.incrementAndGet();
    if (!compiled.get(graph)) {
      compiled.set(graph);
      kernels.addAndGet(kernelsOfGraph);
      compileNanos.addAndGet(System.nanoTime() - start);
    }
  }

  /** Counts bytes that a device holds from now on; a negative number counts freed bytes. */
  void holds(long bytes) {
    long now = held.addAndGet(bytes);
    most.accumulateAndGet(now, Math::max);
  }

  public Map<String, Double> values() {
    return Map.of(
        "launches",
        (double) launches.get(),
        "compiledKernels",
        (double) kernels.get(),
        "compileSeconds",
        compileNanos.get() / 1e9,
        "deviceMebibytes",
        Math.ceil(most.get() / 1048576.0));
  }
}
