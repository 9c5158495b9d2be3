package org.trm4j.benchmarks;

import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.trm4j.backend.cpu.kernel.Blocks;
import org.trm4j.backend.cpu.kernel.Kernels;
import org.trm4j.backend.cpu.kernel.Left;
import org.trm4j.backend.cpu.kernel.scalar.ScalarKernels;
import org.trm4j.backend.cpu.kernel.vector.VectorKernels;
import org.trm4j.backend.cpu.session.AdamAtan2;
import org.trm4j.backend.cpu.thread.Barrier;
import org.trm4j.backend.cpu.thread.Worker;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;

/** Each kernel on the sizes of a Sudoku model, on one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 10, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@API(status = API.Status.INTERNAL, since = "0.1.0")
public class KernelBenchmark {
  private static final int ROWS = 97;
  private static final int WIDTH = 512;
  private static final int COLUMNS = 3072;

  /** The kernels. */
  @Param({"cpu-vector", "cpu-scalar"})
  public String backend = "";

  private @Nullable Kernels kernels;
  private final float[] a = random(1024 * WIDTH);
  private final float[] b = random(COLUMNS * WIDTH);
  private MemorySegment right = MemorySegment.NULL;
  private Left byRows = Left.of(a, 0, WIDTH, ROWS);
  private Left byChannels = byRows;
  private final float[] c = new float[1024 * 64];
  private final float[] values = new float[1 << 20];
  private final float[] gradients = random(1 << 20);

  /** Creates the benchmark; called by JMH. */
  public KernelBenchmark() {}

  /** Creates the kernels. */
  @Setup
  public void choose() {
    Kernels k = backend.equals("cpu-vector") ? new VectorKernels() : new ScalarKernels();
    kernels = k;
    right = k.allocate(COLUMNS * WIDTH);
    k.loadPanel(b, 0, k.panel(), COLUMNS * WIDTH / k.panel(), right, 0);
    byRows = k.left(a, 0, WIDTH, 1, ROWS, WIDTH, new float[k.leftFloats(ROWS, WIDTH)], 0);
    byChannels = k.left(a, 0, ROWS, 1, 1024, ROWS, new float[k.leftFloats(1024, ROWS)], 0);
  }

  /** [97, 512] x [512, 3072]: gate and up of a SwiGLU. */
  @Benchmark
  public float[] multiplyByRows(Work work) {
    Kernels k = Objects.requireNonNull(kernels);
    int panel = k.panel();
    for (int column = 0; column < COLUMNS; column += panel) {
      Blocks.multiply(k, byRows, 0, WIDTH, right, column * WIDTH, c, 0, panel, false);
    }
    work.gigaflop += 2e-9 * ROWS * WIDTH * COLUMNS;
    return c;
  }

  /** [1024, 97] x [97, 512]: gate and up of the token mixer. */
  @Benchmark
  public float[] multiplyByChannels(Work work) {
    Kernels k = Objects.requireNonNull(kernels);
    int panel = k.panel();
    for (int column = 0; column < WIDTH; column += panel) {
      Blocks.multiply(k, byChannels, 0, ROWS, right, column * ROWS, c, 0, panel, false);
    }
    work.gigaflop += 2e-9 * ROWS * WIDTH * 1024;
    return c;
  }

  /** silu(gate) * up of 97 rows of a panel: 12 bytes per element. */
  @Benchmark
  public float[] swiGlu(Work work) {
    Kernels k = Objects.requireNonNull(kernels);
    k.swiGlu(a, 0, b, 0, ROWS, c, 0, k.panel());
    work.gigabytes += 12e-9 * ROWS * k.panel();
    return c;
  }

  /** The sum of squares of a row. */
  @Benchmark
  public float dot(Work work) {
    work.gigaflop += 2e-9 * WIDTH;
    return Objects.requireNonNull(kernels).dot(a, 0, a, 0, WIDTH);
  }

  /** A row of softmax weights. */
  @Benchmark
  public float expSum(Work work) {
    System.arraycopy(a, 0, c, 0, WIDTH);
    work.gigabytes += 8e-9 * WIDTH;
    return Objects.requireNonNull(kernels).expSum(c, 0, WIDTH, 0.125f, 1);
  }

  /** AdamATan2 and moving average of 2^20 parameters: five arrays read, four written. */
  @Benchmark
  public float[] update(Work work, Optimizer optimizer) {
    optimizer.step(values, gradients);
    work.gigabytes += 36e-9 * values.length;
    return values;
  }

  /** State of the optimizer. */
  @State(Scope.Thread)
  public static class Optimizer {
    private final AdamAtan2 adam = new AdamAtan2(new VectorKernels(), new float[1 << 20], 1 << 20);
    private final Worker worker = new Worker(0, 1, new Barrier(1), new Worker.Memory());

    /** Creates the state; called by JMH. */
    public Optimizer() {}

    private void step(float[] values, float[] gradients) {
      adam.update(values, gradients, new UpdateRule(1, 1e-4, 1, 0.9, 0.95, 0, 0, 0.999), worker);
    }
  }

  private static float[] random(int n) {
    SplittableRandom random = new SplittableRandom(n);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    return values;
  }
}
