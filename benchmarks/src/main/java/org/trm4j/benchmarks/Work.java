package org.trm4j.benchmarks;

import org.apiguardian.api.API;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counts work, which JMH reports per second beside the score: gigaflops or gigabytes. */
@AuxCounters(AuxCounters.Type.OPERATIONS)
@State(Scope.Thread)
@API(status = API.Status.INTERNAL, since = "0.1.0")
public class Work {
  /** 10^9 floating-point operations. */
  public double gigaflop;

  /** 10^9 bytes read and written. */
  public double gigabytes;

  /** Creates the counters; called by JMH. */
  public Work() {}

  /** Starts an iteration at zero. */
  @Setup(Level.Iteration)
  public void reset() {
    gigaflop = 0;
    gigabytes = 0;
  }
}
