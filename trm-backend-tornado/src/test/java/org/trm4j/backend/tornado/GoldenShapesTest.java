package org.trm4j.backend.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.plan.Plan;
import org.trm4j.training.parity.ParityRunner;

/**
 * The networks of the golden cases, reduced to one cycle of one latent update of one layer. Every
 * kernel of the cases runs in its launch shape, in a step of inference and one of training, within
 * minutes on a simulator. More cycles and layers repeat the same launches with the same operands or
 * with other buffers and weights of the same size. On a simulator there is one sequence and no
 * update; {@link KernelFormsTest} has two sequences and an update there.
 */
@Tag("nightly")
class GoldenShapesTest {
  private static final Path RESOURCES = Path.of("../integration-tests/src/test/resources");

  static Stream<String> cases() {
    return Stream.of("golden", "golden-eqr")
        .flatMap(folder ->
            ParityRunner.models(RESOURCES.resolve(folder)).keySet().stream()
                .map(name -> folder + "/" + name));
  }

  @Test
  void areThoseOfAllGoldenCases() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(11);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void computeWhatTheCpuDoes(String name) {
    int slash = name.indexOf('/');
    ModelDescription golden =
        ParityRunner.models(RESOURCES.resolve(name.substring(0, slash)))
            .get(name.substring(slash + 1));
    Plan plan = oneCycle(golden).trainingPlan(2);
    infer(plan);
    if (KernelFormsTest.SIMULATED) {
      TrainingComparison.checkLoss(plan, BackendOptions.DEFAULT);
    } else {
      TrainingComparison.check(plan, BackendOptions.DEFAULT);
    }
  }

  /** Attention, SwiGLU, norm and loss, each alone, forward and backward. */
  @Test
  void singleLayersPass(@TempDir Path folder) throws IOException {
    String file = "layers.safetensors";
    Files.copy(RESOURCES.resolve("golden-variants").resolve(file), folder.resolve(file));
    GoldenParityTest.passes(folder, 1);
  }

  private static ModelDescription oneCycle(ModelDescription golden) {
    Map<String, Number> arguments = new HashMap<>(golden.policyArguments());
    for (String repeated : List.of("T", "n", "layers", "hLayers", "lLayers")) {
      arguments.computeIfPresent(repeated, (name, times) -> 1);
    }
    return new ModelDescription(golden.config(), golden.policy(), arguments, "", Map.of());
  }

  private static void infer(Plan plan) {
    ParameterSet parameters = ParameterInitializer.initialize(plan.parameters(), 3);
    try (Backend cpu = new CpuScalarProvider().open(BackendOptions.DEFAULT.withThreads(1));
        Backend device = new TornadoProvider().open(BackendOptions.DEFAULT)) {
      assertThat(logits(device, plan, parameters))
          .containsExactly(logits(cpu, plan, parameters), within(1e-4f));
    }
  }

  private static float[] logits(Backend backend, Plan plan, ParameterSet parameters) {
    try (LoadedModel model = backend.load(plan, parameters);
        InferenceSession session = model.open(1)) {
      session.start(0, TrainingComparison.tokens(1, plan.config()), 0);
      session.step();
      float[] logits = new float[plan.logits().shape().intSize()];
      session.logits(0, logits);
      return logits;
    }
  }
}
