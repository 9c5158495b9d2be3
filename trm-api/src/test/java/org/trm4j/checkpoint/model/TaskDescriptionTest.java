package org.trm4j.checkpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;
import org.trm4j.plan.buffer.StateBuffer;
import org.trm4j.recursion.InvalidProgramException;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;

/** A model's description holds its whole task. */
class TaskDescriptionTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(8, 2).tokens(4, 5).puzzleEmbedding(0, 1, 0).build();

  private static ModelDescription description(String policy) {
    return new ModelDescription(CONFIG, policy, Map.of("layers", 1), "", Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"deduction", "trm-deduction", "eqr-deduction", "eqr", "trm", "hrm"})
  void opensWithoutThePolicyThatMadeIt(String policy) {
    ModelDescription description =
        policy.equals("hrm")
            ? new ModelDescription(CONFIG, policy, Map.of(), "", Map.of())
            : description(policy);
    String json = ModelDescriptionJson.write(description);
    assertThat(ModelDescriptionJson.read(json)).isEqualTo(description);
    String stranger = json.replace("\"policy\":\"" + policy + "\"", "\"policy\":\"gone\"");
    ModelDescription read = ModelDescriptionJson.read(stranger);
    assertThat(read.task()).isEqualTo(description.task());
    assertThat(read.plan()).isEqualTo(description.plan());
    // Written again it is still complete.
    assertThat(ModelDescriptionJson.read(ModelDescriptionJson.write(read))).isEqualTo(read);
  }

  /** Only a model with a convolution has a grid; older releases refuse it by the format. */
  @Test
  void aConvolutionIsWrittenDown() {
    ModelConfig config =
        ModelConfig.builder()
            .hidden(8, 2)
            .tokens(12, 5)
            .puzzleEmbedding(0, 0, 0)
            .mixer(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE)
            .grid(4, 5)
            .build();
    for (String policy : List.of("trm", "deduction")) {
      ModelDescription description =
          new ModelDescription(config, policy, Map.of("layers", 1), "", Map.of());
      String json = ModelDescriptionJson.write(description);
      assertThat(json)
          .contains("\"format\":3", "\"gridColumns\":4", "\"kernelSize\":5", "\"convolution\"");
      assertThat(ModelDescriptionJson.read(json)).isEqualTo(description);
    }
    String plain = ModelDescriptionJson.write(description("trm"));
    assertThat(plain).contains("\"format\":1").doesNotContain("gridColumns", "kernelSize");
  }

  @Test
  void statesThatStartAnewAreWrittenDown() {
    RecursionProgram anew =
        RecursionProgram.builder("anew")
            .state("y", "y_init")
            .freshState("z", new LatentState.Start.Input())
            .freshState("w", new LatentState.Start.TruncatedNormal(0.5))
            .freshState("v", new LatentState.Start.Stored("v_init"))
            .module("net", 1)
            .then(
                withGradient(
                    update("z", "net", "z", "w"),
                    update("w", "net", "w", "v"),
                    update("v", "net", "v", "y"),
                    update("y", "net", "y", "z", "v")))
            .answer("y")
            .build();
    ModelDescription description =
        new ModelDescription(CONFIG, "gone", Map.of(), "", Map.of(), TaskProgram.published(anew));
    ModelDescription read = ModelDescriptionJson.read(ModelDescriptionJson.write(description));
    assertThat(read.task()).isEqualTo(description.task());
    assertThat(read.plan().states())
        .extracting(StateBuffer::name)
        .containsExactly("y", "w.start", "v.start");
    assertThat(read.task().toString()).contains("state z starts as x at every step");
    assertThatThrownBy(() ->
            RecursionProgram.builder("kept")
                .state("y", new LatentState.Start.Input())
                .module("net", 1)
                .then(withGradient(update("y", "net", "y", "x")))
                .answer("y")
                .build())
        .isInstanceOf(InvalidProgramException.class)
        .hasMessageContaining("state y: starts as the input");
  }

  /** Targets are data too; those that older releases wrote keep their names. */
  @Test
  void targetsAreWrittenDown() {
    ModelDescription plain = new ModelDescription(CONFIG, "trm", Map.of("layers", 1), "", Map.of());
    Objective.Head.Rows first = Objective.Head.Rows.FIRST;
    Objective.Term.LossKind binary = Objective.Term.LossKind.BINARY;
    TaskProgram task =
        new TaskProgram(
            plain.task().recursion(),
            new TaskProgram.Input.Tokens(),
            new Objective.Terms(
                List.of(
                    Objective.Head.cells("logits", 5, "z_H"),
                    new Objective.Head("q_halt", first, 1, "z_H", -5),
                    new Objective.Head("q_continue", first, 1, "z_H", -5)),
                List.of(
                    Objective.Term.of(
                        "right",
                        "logits",
                        Objective.Term.LossKind.STABLE_MAX,
                        Objective.Term.Target.LABELS,
                        1),
                    Objective.Term.of(
                        "given", "q_halt", binary, new Objective.Term.Target.Given("given"), 1),
                    Objective.Term.of(
                        "shared", "q_halt", binary, new Objective.Term.Target.Given("given"), 1),
                    Objective.Term.of(
                        "halt",
                        "q_halt",
                        binary,
                        new Objective.Term.Target.Exact("logits", "labels"),
                        0.5),
                    Objective.Term.of(
                        "go on",
                        "q_continue",
                        binary,
                        new Objective.Term.Target.NextStep(
                            List.of("q_halt", "q_continue"), "q_halt"),
                        0.5))),
            new TaskProgram.TransitionUse("mine", Map.of()));
    ModelDescription description =
        new ModelDescription(CONFIG, "trm", Map.of("layers", 1), "", Map.of(), task);
    String json = ModelDescriptionJson.write(description);
    assertThat(json)
        .contains(
            "\"target\":\"LABELS\"",
            "\"target\":\"GIVEN\"",
            "\"target\":{\"given\":\"given\"}",
            "\"target\":{\"exact\":\"logits\",\"name\":\"labels\"}",
            "\"target\":{\"nextStep\":[\"q_halt\",\"q_continue\"],\"last\":\"q_halt\"}");
    assertThat(ModelDescriptionJson.read(json).task()).isEqualTo(task);
    for (String damaged : List.of("\"NOTHING\"", "{\"exact\":7,\"name\":\"labels\"}", "{}")) {
      String broken = json.replace("\"LABELS\"", damaged);
      assertThatThrownBy(() -> ModelDescriptionJson.read(broken))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("task.terms[0].target");
    }
  }

  /** A policy that makes something else by now does not change what a file holds. */
  @ParameterizedTest
  @ValueSource(strings = {"trm", "eqr"})
  void theFileIsRightWhereThePolicyHasChanged(String policy) {
    String json = ModelDescriptionJson.write(description(policy));
    ModelDescription read =
        ModelDescriptionJson.read(json.replace("\"layers\":1}]", "\"layers\":3}]"));
    assertThat(read.program().modules().getFirst().layers()).isEqualTo(3);
    assertThat(Trm.standard().program(policy, Map.of("layers", 1)).modules().getFirst().layers())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"repeat\":16 | \"repeat\":100000 | task.body[0].withGradient[0].repeat: expected at most"
            + " 1000",
        "\"kind\":\"SOFTMAX\" | \"kind\":\"HARD\" | kind: expected one of [STABLE_MAX, SOFTMAX,"
            + " BINARY]",
        "\"supervise\":true | \"superb\":true | expected one of update, repeat",
        "\"head\":\"value\" | \"head\":\"worth\" | reads head worth",
        "\"width\":5 | \"width\":\"five\" | width: expected a whole number"
      })
  void damageIsRefusedByItsPlace(String from, String to, String message) {
    String json = ModelDescriptionJson.write(description("deduction"));
    assertThat(json).contains(from);
    assertThatThrownBy(() -> ModelDescriptionJson.read(json.replaceFirst(from, to)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
