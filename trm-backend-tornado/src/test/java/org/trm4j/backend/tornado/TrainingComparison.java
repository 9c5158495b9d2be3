package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;

/** A training step of a plan on the device and on the CPU, with random weights and tokens. */
final class TrainingComparison {
  private static final int BATCH = 2;
  private static final UpdateRule RULE = new UpdateRule(1, 1e-3, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9);

  private TrainingComparison() {}

  /** Compares losses and gradients; the update that follows only has to run. */
  static void check(Plan plan, BackendOptions options) {
    ParameterSet initial = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend cpu = new CpuScalarProvider().open(BackendOptions.DEFAULT.withThreads(1));
        Backend device = new TornadoProvider().open(options);
        TrainingSession expected = start(cpu, plan, initial, BATCH);
        TrainingSession actual = start(device, plan, initial, BATCH)) {
      step(expected, actual);
      actual.update(RULE);
      ParameterSet gradients = actual.gradients();
      expected
          .gradients()
          .tensors()
          .forEach((name, tensor) ->
              assertThat(gradients.get(name).toArray())
                  .as(name)
                  .containsExactly(tensor.toArray(), within(2e-5f)));
    }
  }

  /** Compares the loss of one sequence, and runs its gradients: what a simulator has time for. */
  static void checkLoss(Plan plan, BackendOptions options) {
    ParameterSet initial = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend cpu = new CpuScalarProvider().open(BackendOptions.DEFAULT.withThreads(1));
        Backend device = new TornadoProvider().open(options);
        TrainingSession expected = start(cpu, plan, initial, 1);
        TrainingSession actual = start(device, plan, initial, 1)) {
      step(expected, actual);
    }
  }

  private static void step(TrainingSession expected, TrainingSession actual) {
    boolean[] last = new boolean[expected.slots()];
    SequenceMetrics[] wanted = expected.step(last, 0.5f);
    SequenceMetrics[] found = actual.step(last, 0.5f);
    for (int slot = 0; slot < last.length; slot++) {
      assertThat(found[slot].loss()).isCloseTo(wanted[slot].loss(), within(1e-4));
    }
  }

  private static TrainingSession start(
      Backend backend, Plan plan, ParameterSet parameters, int batch) {
    TrainingSession session = backend.train(plan, parameters, batch);
    ModelConfig config = plan.config();
    for (int slot = 0; slot < batch; slot++) {
      session.start(
          slot,
          tokens(slot, config),
          tokens(slot + 20, config),
          slot % Math.max(1, config.numPuzzleIdentifiers()));
    }
    return session;
  }

  static int[] tokens(int seed, ModelConfig config) {
    return new SplittableRandom(seed).ints(config.seqLen(), 0, config.vocabSize()).toArray();
  }
}
