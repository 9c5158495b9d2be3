package org.trm4j.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Plan;

/**
 * The training nodes of whole plans against central differences of their loss, for programs with a
 * full gradient (one supervision step, T = 1). This checks the differentiation of the plan, not
 * only of its operations.
 */
class PlanGradientTest {
  private static final double STEP = 1e-5;

  @ParameterizedTest
  @CsvSource({
    "trm, ATTENTION, ROTARY",
    "trm, ATTENTION, LEARNED",
    "trm, TOKEN_MLP, NONE",
    "trm, CONVOLUTION, NONE",
    "trm, CONVOLUTION, LEARNED",
    "eqr, CONVOLUTION, NONE",
    "trm-single-z, TOKEN_MLP, NONE",
    "trm-multi-z, TOKEN_MLP, NONE",
    "trm-two-networks, TOKEN_MLP, NONE",
    "eqr, TOKEN_MLP, NONE",
    "eqr, ATTENTION, ROTARY"
  })
  void gradientOfTheLoss(String policy, ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    boolean convolution = mixer == ModelConfig.Mixer.CONVOLUTION;
    int cells = convolution ? 6 : 3;
    ModelConfig config =
        ModelConfig.builder()
            .hidden(4, 2)
            .tokens(cells, 3)
            .puzzleEmbedding(convolution ? 0 : 6, convolution ? 0 : 2, 2)
            .mixer(mixer, positions)
            .grid(convolution ? 3 : 0, 3)
            .build();
    Plan plan = Plan.lower(config, Trm.standard().program(policy, Map.of("T", 1, "n", 2)));
    DoubleParameters parameters =
        new DoubleParameters(
            plan.parameters(), ParameterInitializer.initialize(plan.parameters(), 5));
    ReferenceSlots slots = new ReferenceSlots("test", plan, parameters, 1, true, 0, Rounding.NONE);
    loss(plan, slots);
    Map<String, double[]> gradients = new HashMap<>();
    parameters
        .trained()
        .forEach(spec -> gradients.put(spec.name(), parameters.gradient(spec).clone()));
    SplittableRandom random = new SplittableRandom(1);
    for (ParameterSpec spec : parameters.trained()) {
      double[] values = parameters.values(spec);
      double[] gradient = gradients.get(spec.name());
      for (int sample = 0; sample < 6; sample++) {
        int i = random.nextInt(values.length);
        double before = values[i];
        values[i] = before + STEP;
        double up = loss(plan, slots);
        values[i] = before - STEP;
        double down = loss(plan, slots);
        values[i] = before;
        double expected = (up - down) / (2 * STEP);
        assertThat(gradient[i])
            .as("%s: d %s[%s]", policy, spec.name(), i)
            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
      }
      assertThat(Arrays.stream(gradient).anyMatch(g -> g != 0)).as(spec.name()).isTrue();
    }
  }

  private static double loss(Plan plan, ReferenceSlots slots) {
    int cells = plan.config().seqLen();
    Workspace workspace =
        slots.start(0, Arrays.copyOf(new int[] {2, 0, 1, 1, 0, 2}, cells), null, 1, 5);
    workspace.label(Arrays.copyOf(new int[] {1, 2, 0, 0, 1, 2}, cells));
    workspace.prepare(false, 1);
    Interpreter.run(plan.training(), workspace);
    return workspace.metrics().loss();
  }
}
