package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.trm4j.Trm;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.backend.tornado.check.DeviceCheck;
import org.trm4j.backend.tornado.memory.DeviceChoice;
import org.trm4j.backend.tornado.memory.DeviceLimits;
import org.trm4j.backend.tornado.memory.KernelChoice;
import org.trm4j.backend.tornado.product.JavaProducts;
import org.trm4j.backend.tornado.product.StandInCuBlas;
import org.trm4j.backend.tornado.program.Products;
import org.trm4j.backend.tornado.session.TornadoBackend;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** Training runs beyond those that the contract requires of every backend. */
public class TrainingRunTest {
  private static final int TOKENS = 7;
  private static final int BATCH = 5;
  public static final KernelChoice KERNELS =
      new KernelChoice(KernelChoice.Shape.CPU, KernelChoice.Attention.TILED);
  public static final Plan PLAN =
      Plan.lower(
          ModelConfig.builder()
              .hidden(12, 2)
              .tokens(TOKENS, 5)
              .puzzleEmbedding(12, 1, 3)
              .mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)
              .build(),
          Trm.standard().program("trm", Map.of("T", 2, "n", 2)));

  @Test
  void wavesGiveTheGradientsOfTheWholeBatch() {
    wavesGiveTheGradientsOfTheWholeBatch(new JavaProducts(KernelChoice.Shape.CPU), 130 << 10);
  }

  @Test
  void wavesOfALibrarysProductsGiveTheGradientsOfTheWholeBatch() {
    assumeThat(DeviceChoice.find("").device().getTornadoVMBackend())
        .isEqualTo(TornadoVMBackendType.OPENCL);
    wavesGiveTheGradientsOfTheWholeBatch(StandInCuBlas.products(), 130 << 10);
  }

  private static void wavesGiveTheGradientsOfTheWholeBatch(Products products, long array) {
    DeviceChoice device = DeviceChoice.find("");
    ParameterSet initial = ParameterInitializer.initialize(PLAN.parameters(), 3);
    try (Backend whole =
            new TornadoBackend(
                device, DeviceLimits.of(device), products, KERNELS, DeviceCheck.PASSED);
        Backend waves =
            new TornadoBackend(
                device,
                new DeviceLimits("test device", 64 << 20, array),
                products,
                KERNELS,
                DeviceCheck.PASSED);
        TrainingSession expected = start(whole, initial);
        TrainingSession actual = start(waves, initial)) {
      SequenceMetrics[] wanted = expected.step(new boolean[BATCH], 0.2f);
      SequenceMetrics[] found = actual.step(new boolean[BATCH], 0.2f);
      assertThat(found).isEqualTo(wanted);
      assertThat(waves.statistics().get("launches"))
          .as("launches of several waves")
          .isGreaterThan(2 * whole.statistics().get("launches") - 20);
      ParameterSet gradients = actual.gradients();
      expected
          .gradients()
          .tensors()
          .forEach((name, tensor) ->
              assertThat(gradients.get(name).toArray())
                  .as(name)
                  .containsExactly(tensor.toArray(), within(1e-6f)));
    }
  }

  @Test
  void refusesABatchThatDoesNotFit() {
    try (Backend backend =
        new TornadoBackend(
            DeviceChoice.find(""),
            limits(3L << 20),
            new JavaProducts(KernelChoice.Shape.CPU),
            KERNELS,
            DeviceCheck.PASSED)) {
      ParameterSet initial = ParameterInitializer.initialize(PLAN.parameters(), 3);
      assertThatThrownBy(() -> backend.train(PLAN, initial, BATCH))
          .isInstanceOf(BackendException.class)
          .hasMessageStartingWith("training session: 5 slots need at least")
          .hasMessageContaining("found 3 MiB in all");
    }
  }

  @Test
  void continuesARunThatAnotherBackendBegan() {
    BackendOptions one = BackendOptions.DEFAULT.withThreads(1);
    ParameterSet initial = ParameterInitializer.initialize(PLAN.parameters(), 3);
    try (Backend cpu = new CpuScalarProvider().open(one);
        Backend tornado = new TornadoProvider().open(BackendOptions.DEFAULT);
        TrainingSession first = start(cpu, initial)) {
      train(first, 1, 3);
      try (TrainingSession second = start(tornado, first.parameters())) {
        second.restoreOptimizerState(first.optimizerState());
        float[] state = new float[PLAN.states().getFirst().shape().intSize()];
        for (var buffer : PLAN.stateBuffers()) {
          for (int slot = 0; slot < BATCH; slot++) {
            first.state(buffer.name(), slot, state);
            second.restoreState(buffer.name(), slot, state);
          }
        }
        double[] expected = train(first, 4, 6);
        double[] actual = train(second, 4, 6);
        assertThat(actual).as("losses").containsExactly(expected, within(1e-3));
      }
    }
  }

  private static DeviceLimits limits(long bytes) {
    return new DeviceLimits("test device", bytes, bytes);
  }

  private static TrainingSession start(Backend backend, ParameterSet parameters) {
    TrainingSession session = backend.train(PLAN, parameters, BATCH);
    for (int slot = 0; slot < BATCH; slot++) {
      session.start(slot, tokens(slot), tokens(slot + 20), slot % 3);
    }
    return session;
  }

  private static double[] train(TrainingSession session, int from, int to) {
    double[] losses = new double[to - from + 1];
    for (int step = from; step <= to; step++) {
      for (SequenceMetrics metrics : session.step(new boolean[BATCH], 0.2f)) {
        losses[step - from] += metrics.loss();
      }
      session.update(new UpdateRule(step, 1e-3, 0.1, 0.9, 0.95, 1e-2, 0.1, 0.9));
    }
    return losses;
  }

  public static int[] tokens(int seed) {
    return new SplittableRandom(seed).ints(TOKENS, 0, 5).toArray();
  }
}
