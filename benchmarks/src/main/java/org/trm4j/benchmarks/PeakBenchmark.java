package org.trm4j.benchmarks;

import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.apiguardian.api.API;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine's peak: fused multiply-adds per second on one thread, and bytes per second from
 * memory.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@API(status = API.Status.INTERNAL, since = "0.1.0")
public class PeakBenchmark {
  private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
  private static final int ROUNDS = 1_000;
  private static final int CHAINS = 10;

  private final float[] from = new float[1 << 26];
  private final float[] to = new float[1 << 26];

  /** Creates the benchmark; called by JMH. */
  public PeakBenchmark() {}

  /** Ten independent chains of fused multiply-adds. */
  @Benchmark
  public float fma(Work work) {
    FloatVector m = FloatVector.broadcast(F, 0.999f);
    FloatVector q = FloatVector.broadcast(F, 1e-3f);
    FloatVector a = q;
    FloatVector b = q;
    FloatVector c = q;
    FloatVector d = q;
    FloatVector e = q;
    FloatVector f = q;
    FloatVector g = q;
    FloatVector h = q;
    FloatVector i = q;
    FloatVector j = q;
    for (int round = 0; round < ROUNDS; round++) {
      a = a.fma(m, q);
      b = b.fma(m, q);
      c = c.fma(m, q);
      d = d.fma(m, q);
      e = e.fma(m, q);
      f = f.fma(m, q);
      g = g.fma(m, q);
      h = h.fma(m, q);
      i = i.fma(m, q);
      j = j.fma(m, q);
    }
    work.gigaflop += 2e-9 * ROUNDS * CHAINS * F.length();
    FloatVector sum = a.add(b).add(c).add(d).add(e).add(f).add(g).add(h).add(i).add(j);
    return sum.reduceLanes(VectorOperators.ADD);
  }

  /** Copies 256 MiB. */
  @Benchmark
  public float[] copy(Work work) {
    System.arraycopy(from, 0, to, 0, from.length);
    work.gigabytes += 8e-9 * from.length;
    return to;
  }
}
