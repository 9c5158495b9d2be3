package org.trm4j.cli.bench;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.plan.count.FlopCounter;

/**
 * What is measured: steps of a model with random weights on random tokens.
 *
 * @param model its size
 * @param batch sequences a step
 * @param train training steps (forward, backward, update), not supervision steps alone
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record BenchWork(BenchModel model, int batch, boolean train) {

  /** Returns the operations of one sequence's step in GFLOP, a multiply-add counted as two. */
  public double gflop() {
    Plan plan = plan();
    return FlopCounter.count(train ? plan.training() : plan.inference()) / 1e9;
  }

  private Plan plan() {
    return Plan.lower(model.config(), model.program());
  }

  /**
   * Measures on an open backend.
   *
   * @param runs measured steps
   * @param threads threads of the peak beside them
   * @param around put around a step, to show progress or to stop
   */
  public Timing measure(Backend backend, int runs, int threads, UnaryOperator<Runnable> around) {
    Plan plan = plan();
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 1);
    return train
        ? training(backend, plan, parameters, runs, threads, around)
        : inference(backend, plan, parameters, runs, threads, around);
  }

  private Timing inference(
      Backend backend,
      Plan plan,
      ParameterSet parameters,
      int runs,
      int threads,
      UnaryOperator<Runnable> around) {
    try (LoadedModel loaded = backend.load(plan, parameters);
        InferenceSession session = loaded.open(batch)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, tokens(random), 0);
      }
      return Timing.of(around.apply(session::step), runs, threads, batch * gflop());
    }
  }

  private Timing training(
      Backend backend,
      Plan plan,
      ParameterSet parameters,
      int runs,
      int threads,
      UnaryOperator<Runnable> around) {
    try (TrainingSession session = backend.train(plan, parameters, batch)) {
      SplittableRandom random = new SplittableRandom(1);
      for (int slot = 0; slot < batch; slot++) {
        session.start(slot, tokens(random), tokens(random), 0);
      }
      long[] step = {0};
      Runnable once =
          () -> {
            session.step(new boolean[batch], 1f / batch);
            session.update(new UpdateRule(++step[0], 1e-4, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.999));
          };
      return Timing.of(around.apply(once), runs, threads, batch * gflop());
    }
  }

  private int[] tokens(SplittableRandom random) {
    int[] tokens = new int[model.config().seqLen()];
    Arrays.setAll(tokens, i -> random.nextInt(1, model.config().vocabSize()));
    return tokens;
  }
}
