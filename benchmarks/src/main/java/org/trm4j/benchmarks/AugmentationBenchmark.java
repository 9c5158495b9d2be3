package org.trm4j.benchmarks;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apiguardian.api.API;
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
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.frontend.DataText;

/** Augmented examples per second on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@API(status = API.Status.INTERNAL, since = "0.1.0")
public class AugmentationBenchmark {
  private static final int PUZZLES = 100;

  /** The data set. */
  @Param({"sudoku:size=9", "maze:size=30"})
  public String data = "";

  private final Example[] examples = new Example[PUZZLES];
  private final SplittableRandom random = new SplittableRandom(1);
  private Augmentation augmentation = (example, source) -> example;
  private int next;

  /** Called by JMH. */
  public AugmentationBenchmark() {}

  /** Generates puzzles. */
  @Setup
  public void generate() {
    try (Dataset dataset = DataText.open(data + ",test=0,train=" + PUZZLES)) {
      for (int i = 0; i < PUZZLES; i++) {
        examples[i] = dataset.split("train").get(i);
      }
      augmentation = dataset.domain().augmentation().orElseThrow();
    }
  }

  /** Augments one example. */
  @Benchmark
  public Example augment() {
    next = (next + 1) % PUZZLES;
    return augmentation.augment(examples[next], random);
  }
}
