package org.trm4j.cli.bench;

import java.util.Arrays;
import org.apiguardian.api.API;
import org.trm4j.backend.cpu.CpuVectorProvider;

/**
 * How long a step takes, each time between two measurements of the machine's peak: medians.
 *
 * @param seconds a step
 * @param peakGflops the machine's multiply-add peak, GFLOP/s
 * @param peakShare what the step computes a second, as a share of the higher peak beside it
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record Timing(double seconds, double peakGflops, double peakShare) {

  /** Steps before those that are measured. */
  public static final int UNCOUNTED = 2;

  /**
   * Measures {@code runs} steps after two that are not counted.
   *
   * @param gflop what a step computes, in GFLOP
   */
  public static Timing of(Runnable step, int runs, int threads, double gflop) {
    CpuVectorProvider.warmUpPeak();
    for (int i = 0; i < UNCOUNTED; i++) {
      step.run();
    }
    double[] seconds = new double[runs];
    double[] peaks = new double[runs];
    double[] shares = new double[runs];
    double before = CpuVectorProvider.peak(threads);
    for (int i = 0; i < runs; i++) {
      long start = System.nanoTime();
      step.run();
      seconds[i] = (System.nanoTime() - start) / 1e9;
      double after = CpuVectorProvider.peak(threads);
      peaks[i] = Math.max(before, after);
      shares[i] = gflop / seconds[i] / peaks[i];
      before = after;
    }
    return new Timing(median(seconds), median(peaks), median(shares));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
