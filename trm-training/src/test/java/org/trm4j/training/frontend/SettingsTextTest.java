package org.trm4j.training.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.json.Json;
import tools.jackson.databind.JsonNode;

class SettingsTextTest {
  private static TrainingConfig demo(String... overrides) {
    return SettingsText.with(TrainingConfigs.recipe("demo"), List.of(overrides));
  }

  static List<String> recipes() {
    return TrainingConfigs.recipes();
  }

  /** Each setting takes the text of its own value, and keeps its kind of number. */
  @ParameterizedTest
  @MethodSource("recipes")
  void aSettingTakesWhatItIs(String name) {
    TrainingConfig recipe = TrainingConfigs.recipe(name);
    List<String> overrides = new ArrayList<>();
    collect("", Json.mapper().readTree(TrainingConfigs.toJson(recipe)), overrides);
    assertThat(overrides).hasSizeGreaterThan(30);
    assertThat(SettingsText.with(recipe, overrides)).isEqualTo(recipe);
    assertThat(SettingsText.with(recipe, List.of())).isSameAs(recipe);
  }

  private static void collect(String prefix, JsonNode node, List<String> overrides) {
    node.properties()
        .forEach(entry -> {
          String path = prefix + entry.getKey();
          if (entry.getValue().isObject()) {
            collect(path + ".", entry.getValue(), overrides);
          } else if (!path.equals("format") && !path.equals("data.mixture")) {
            JsonNode value = entry.getValue();
            overrides.add(path + "=" + (value.isString() ? value.asString() : value.toString()));
          }
        });
  }

  @Test
  void overridesByPathByShortNameAndOfPluginOptions() {
    TrainingConfig config =
        demo(
            "run.batch=64",
            "learningRate=3e-4",
            "mixer=Attention",
            "augment=false",
            "recursion.arguments.n=3",
            "data.options.seed=9",
            "data.path=puzzles=1.csv");
    assertThat(config.run().batch()).isEqualTo(64);
    assertThat(config.optimizer().learningRate()).isEqualTo(3e-4);
    assertThat(config.model().mixer()).hasToString("ATTENTION");
    assertThat(config.data().augment()).isFalse();
    assertThat(config.recursion().arguments()).containsEntry("n", 3).containsEntry("T", 2);
    assertThat(config.data().options()).containsEntry("seed", "9").containsEntry("size", "4");
    assertThat(config.data().path()).isEqualTo("puzzles=1.csv");
    assertThat(demo()).isEqualTo(TrainingConfigs.recipe("demo"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "run.batch=-1 | run.batch is -1, expected a whole number of at least 1",
        "run.batch=many | run.batch is many, expected a whole number",
        "run.batch=99999999999 | run.batch is 99999999999, expected a whole number",
        "run.batch | run.batch: expected key=value",
        "batsh=3 | unknown key batsh; keys: data.augment",
        "data=3 | unknown key data",
        "data.options.=3 | unknown key data.options.",
        "beta1=1 | optimizer.beta1 is 1.0, expected a number from 0 to below 1",
        "learningRate=NaN | optimizer.learningRate is NaN, expected a number of at least 0",
        "halting.explorationProbability=1.5 | halting.explorationProbability is 1.5",
        "augment=yes | data.augment is yes, expected true or false",
        "mixer=conv | model.mixer",
        "recursion.arguments.n=two | recursion.arguments.n is two, expected a number"
      })
  void refusesInOneLine(String override, String message) {
    assertThatThrownBy(() -> demo(override))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining(message)
        .extracting(Throwable::getMessage)
        .asString()
        .doesNotContain("\n");
  }

  @Test
  void wholeNumbersHaveRanges() {
    for (String override :
        new String[] {
          "run.evaluateEvery=-9223372036854775808",
          "run.batch=2147483648",
          "recursion.arguments.n=-9223372036854775808",
          "run.steps=9223372036854775808"
        }) {
      assertThatThrownBy(() -> SettingsText.with(demo(), List.of(override)))
          .as(override)
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining(override.substring(0, override.indexOf('=')))
          .hasMessageContaining("expected a whole number in -");
    }
    assertThat(SettingsText.with(demo(), List.of("run.seed=-9223372036854775808")).run().seed())
        .isEqualTo(Long.MIN_VALUE);
  }

  @Test
  void anotherPolicyComesWithItsOwnArguments() {
    TrainingConfig demo = TrainingConfigs.recipe("demo");
    assertThat(demo.recursion().arguments()).isNotEmpty();
    TrainingConfig eqr = SettingsText.with(demo, List.of("recursion.policy=eqr"));
    assertThat(eqr.recursion()).isEqualTo(new TrainingConfig.Recursion("eqr", Map.of()));
    List<String> both = List.of("recursion.arguments.sigma=0.2", "recursion.policy=eqr");
    assertThat(SettingsText.with(demo, both).recursion())
        .isEqualTo(new TrainingConfig.Recursion("eqr", Map.of("sigma", 0.2)))
        .isEqualTo(SettingsText.with(demo, both.reversed()).recursion());
    assertThat(SettingsText.with(demo, List.of("recursion.policy=" + demo.recursion().policy())))
        .as("the same policy keeps its arguments")
        .isEqualTo(demo);
  }

  @Test
  void dataSetsAreGivenAsDataSets() {
    assertThatThrownBy(() -> demo("data.mixture=sudoku"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("--data");
    assertThatThrownBy(() -> demo("format=1"))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("unknown key format; keys: data.augment");
  }
}
