package org.trm4j.benchmarks;

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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.frontend.DataText;

/** The cost of a puzzle from an endless data set when a run takes one after another. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@API(status = API.Status.INTERNAL, since = "0.2.0")
public class GenerationBenchmark {
  /** The data set. */
  @Param({
    "sudoku:size=9,train=endless,test=10,minGivens=22,maxGivens=40",
    "sudoku:size=9,train=endless,test=10,minRating=20",
    "sudoku:size=6,train=endless,test=10",
    "maze:size=15,minPath=30,train=endless,test=10"
  })
  public String data = "";

  private ExampleStream stream =
      () -> {
        throw new IllegalStateException("not open");
      };

  /** Called by JMH. */
  public GenerationBenchmark() {}

  /** Opens the data set. */
  @Setup
  public void open() {
    stream = DataText.open(data).trainingStream(1, true);
  }

  /** Ends its threads. */
  @TearDown
  public void close() {
    stream.close();
  }

  /** Takes a puzzle. */
  @Benchmark
  public Example puzzle() {
    return stream.next();
  }
}
