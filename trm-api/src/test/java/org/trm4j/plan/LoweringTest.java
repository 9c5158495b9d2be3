package org.trm4j.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.count.FlopCounter;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.recursion.RecursionProgram;

/** What a program becomes: parameters as published, loops kept, the gradient complete. */
class LoweringTest {

  private static ModelConfig config(ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    boolean convolution = mixer == ModelConfig.Mixer.CONVOLUTION;
    return ModelConfig.builder()
        .tokens(81, 11)
        .mixer(mixer, positions)
        .puzzleEmbedding(convolution ? 0 : 512, convolution ? 0 : 16, 1)
        .grid(convolution ? 9 : 0, 3)
        .build();
  }

  private static Plan trm(ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return Plan.lower(config(mixer, positions), Trm.standard().program("trm", Map.of()));
  }

  private static long trained(Plan plan) {
    return plan.parameters().stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED)
        .mapToLong(spec -> spec.shape().size())
        .sum();
  }

  @Test
  void countsTheParametersOfThePublishedModels() {
    assertThat(trained(trm(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE)))
        .isEqualTo(5_028_866);
    assertThat(trained(trm(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY)))
        .isEqualTo(6_828_034);
  }

  /** Neither parameters nor their shapes depend on the grid's size. */
  @Test
  void aConvolutionHasTheSameParametersOnEveryGrid() {
    List<ParameterSpec> nine =
        trm(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE).parameters();
    ModelConfig larger =
        ModelConfig.builder()
            .tokens(900, 11)
            .mixer(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE)
            .puzzleEmbedding(0, 0, 1)
            .grid(30, 3)
            .build();
    Plan plan = Plan.lower(larger, Trm.standard().program("trm", Map.of()));
    assertThat(plan.parameters()).isEqualTo(nine);
    ParameterSpec kernel = plan.parameter("L_level.layers.0.conv.weight");
    assertThat(kernel.shape()).isEqualTo(Shape.of(512, 9));
    assertThat(kernel.initialStd()).isEqualTo(1 / 3.0);
    // Each of the 9 weights of a channel is multiplied once for each cell.
    Operation convolution =
        operations(plan.inference())
            .filter(GridConvolution.class::isInstance)
            .findFirst()
            .orElseThrow();
    assertThat(FlopCounter.count(List.of(convolution))).isEqualTo(2.0 * 900 * 512 * 9);
  }

  @Test
  void keepsLoopsWhereNoGradientFlows() {
    Plan plan = trm(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY);
    PlanNode.Repeat cycles =
        plan.inference().stream()
            .filter(PlanNode.Repeat.class::isInstance)
            .map(PlanNode.Repeat.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(cycles.times()).isEqualTo(2);
    assertThat(cycles.body().getFirst())
        .isInstanceOfSatisfying(
            PlanNode.Repeat.class, inner -> assertThat(inner.times()).isEqualTo(6));
    assertThat(plan.toString())
        .startsWith("plan of trm")
        .contains("inference\n", "training\n", "  2 x {\n", "    6 x {\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "trm",
        "trm-single-z",
        "trm-multi-z",
        "hrm",
        "direct",
        "trm-one-step-gradient",
        "trm-two-networks"
      })
  void everyTrainedParameterGetsAGradient(String policy) {
    RecursionProgram program = Trm.standard().program(policy, Map.of());
    for (ModelConfig.Mixer mixer : ModelConfig.Mixer.values()) {
      Plan plan =
          Plan.lower(
              config(
                  mixer,
                  mixer == ModelConfig.Mixer.ATTENTION
                      ? ModelConfig.Positions.LEARNED
                      : ModelConfig.Positions.NONE),
              program);
      Set<String> reached = new HashSet<>();
      operations(plan.training())
          .filter(operation -> operation.getClass().getSimpleName().equals("Backward"))
          .forEach(operation -> operation.parameters().forEach(spec -> reached.add(spec.name())));
      assertThat(plan.parameters())
          .filteredOn(spec -> spec.kind() == ParameterSpec.Kind.TRAINED)
          .extracting(spec -> spec.name())
          .as("%s, %s", policy, mixer)
          .isNotEmpty()
          .allMatch(reached::contains);
      assertThat(operations(plan.inference()))
          .as("operations without gradient")
          .noneMatch(operation -> operation instanceof Loss)
          .noneMatch(operation -> operation.getClass().getSimpleName().equals("Backward"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trm", "trm-multi-z", "hrm", "direct"})
  void noWriteAliasesARead(String policy) {
    Plan plan =
        Plan.lower(
            config(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.ROTARY),
            Trm.standard().program(policy, Map.of()));
    for (List<PlanNode> nodes : List.of(plan.inference(), plan.training())) {
      assertThat(operations(nodes))
          .isNotEmpty()
          .allSatisfy(operation -> {
            Set<Buffer> writes = new HashSet<>(operation.writes());
            assertThat(writes)
                .as("distinct writes of %s", operation)
                .hasSameSizeAs(operation.writes());
            assertThat(operation.reads()).as("%s", operation).noneMatch(writes::contains);
          });
    }
  }

  private static Stream<Operation> operations(List<PlanNode> nodes) {
    return nodes.stream()
        .flatMap(node ->
            switch (node) {
              case PlanNode.Repeat repeat -> operations(repeat.body());
              case Operation operation -> Stream.of(operation);
            });
  }
}
