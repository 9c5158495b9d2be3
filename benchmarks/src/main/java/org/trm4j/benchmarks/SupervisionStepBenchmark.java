package org.trm4j.benchmarks;

import java.util.Map;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.frontend.BackendText;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A whole supervision step of a model with published sizes. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@API(status = API.Status.INTERNAL, since = "0.1.0")
public class SupervisionStepBenchmark {
  /** The id of the backend. */
  @Param("cpu-vector")
  public String backend = "";

  /** {@code sudoku} (token MLP, 97 positions) or {@code maze} (attention, 916 positions). */
  @Param("sudoku")
  public String model = "";

  /** The number of sequences. */
  @Param({"1", "32"})
  public int batch;

  /** The number of worker threads; 0 for all processors. */
  @Param("0")
  public int threads;

  private @Nullable Backend opened;
  private @Nullable InferenceSession inference;
  private @Nullable TrainingSession training;
  private long updates;

  /** Creates the benchmark; called by JMH. */
  public SupervisionStepBenchmark() {}

  /** Opens sessions on random parameters and puzzles. */
  @Setup
  public void open() {
    boolean maze = model.equals("maze");
    ModelConfig config =
        ModelConfig.builder()
            .hidden(512, 8)
            .tokens(maze ? 900 : 81, maze ? 6 : 11)
            .puzzleEmbedding(512, 16, 1)
            .mixer(
                maze ? ModelConfig.Mixer.ATTENTION : ModelConfig.Mixer.TOKEN_MLP,
                maze ? ModelConfig.Positions.ROTARY : ModelConfig.Positions.NONE)
            .build();
    Plan plan =
        Plan.lower(config, Trm.standard().program("trm", Map.of("T", 3, "n", maze ? 4 : 6)));
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
    Backend device = Trm.standard().backend(BackendText.options(backend, threads));
    opened = device;
    InferenceSession solve = device.load(plan, parameters).open(batch);
    TrainingSession train = device.train(plan, parameters, batch);
    SplittableRandom random = new SplittableRandom(2);
    for (int slot = 0; slot < batch; slot++) {
      int[] tokens = random.ints(config.seqLen(), 0, config.vocabSize()).toArray();
      solve.start(slot, tokens, 0);
      train.start(slot, tokens, tokens, 0);
    }
    inference = solve;
    training = train;
  }

  /** Runs one step of every sequence without gradient. */
  @Benchmark
  public void infer() {
    Objects.requireNonNull(inference).step();
  }

  /** Runs one step of every sequence with gradient, and the update. */
  @Benchmark
  public void train() {
    TrainingSession session = Objects.requireNonNull(training);
    session.step(new boolean[batch], 1f / batch);
    session.update(new UpdateRule(++updates, 1e-4, 1, 0.9, 0.95, 1e-4, 1, 0.999));
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    Objects.requireNonNull(opened).close();
  }
}
