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
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.recursion.RecursionProgram;

/** What a program becomes: parameters as published, loops kept, the gradient complete. */
class LoweringTest {

  private static ModelConfig config(ModelConfig.Mixer mixer, ModelConfig.Positions positions) {
    return ModelConfig.builder()
        .tokens(81, 11)
        .mixer(mixer, positions)
        .puzzleEmbedding(512, 16, 1)
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
