package org.trm4j.checkpoint.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.model.ModelConfig;

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
