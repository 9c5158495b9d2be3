package org.trm4j.training.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.plan.Plan;
import org.trm4j.plugin.PluginException;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.frontend.AblationText;
import org.trm4j.training.frontend.SettingsText;
import org.trm4j.training.run.TrainerFactory;

class AblationTest {
  private static final TrainingConfig CONFIG =
      SettingsText.with(
          TrainingConfigs.recipe("demo"),
          List.of(
              "hiddenSize=16",
              "numHeads=2",
              "puzzleEmbDim=16",
              "data.options.train=30",
              "data.options.test=10",
              "run.batch=4",
              "run.evaluateEvery=0",
              "halting.maxSteps=2"));

  @TempDir Path folder;

  private final AtomicInteger trained = new AtomicInteger();

  private boolean stopBeforeTheEnd;

  private AblationTable run(String... policies) {
    try (Dataset dataset = CONFIG.data().open();
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      List<Contender> contenders =
          List.of(policies).stream()
              .map(text -> AblationText.contender(text, CONFIG.recursion().arguments()))
              .toList();
      return new Ablation(CONFIG, contenders, List.of(2L, 1L), new Budget.Steps(2), folder)
          .run(
              new TrainerFactory(Set.of()),
              dataset,
              backend,
              trainer -> {
                trained.incrementAndGet();
                if (stopBeforeTheEnd) {
                  trainer.requestStop();
                }
                return trainer.run();
              });
    }
  }

  @Test
  void everyPolicyIsTrainedWithEverySeedAndOnlyOnce() {
    AblationTable first = run("trm", "hrm(T=1;n=3)");
    assertThat(trained).hasValue(4);
    assertThat(first.rows()).extracting(AblationRow::policy).containsExactly("trm", "hrm(T=1;n=3)");
    AblationRow trm = first.rows().getFirst();
    assertThat(trm.runs()).extracting(AblationRun::seed).containsExactly(1L, 2L);
    assertThat(trm.effectiveDepth()).isEqualTo(2 * (2 + 1) * 2);
    assertThat(trm.forwardPasses()).isEqualTo(1);
    assertThat(first.rows().getLast().forwardPasses()).isEqualTo(2);
    assertThat(first.rows().getLast().effectiveDepth()).isEqualTo((3 + 1) * 4);
    assertThat(first.csv().lines()).hasSize(5);
    assertThat(first.text()).contains("2 steps each", "hrm(T=1;n=3)");

    assertThat(run("trm", "hrm(T=1;n=3)")).isEqualTo(first);
    assertThat(trained).hasValue(4);
    run("trm", "trm(n=1)");
    assertThat(trained).hasValue(6);
  }

  @Test
  void goesOnAfterAnInterruption() throws IOException {
    stopBeforeTheEnd = true;
    assertThat(run("trm").rows()).isEmpty();
    assertThat(folder.resolve("trm-seed2/resume.safetensors")).exists();
    Path unsaved = Files.createDirectories(folder.resolve("trm-seed1"));
    Files.writeString(unsaved.resolve("config.json"), "{}");
    Files.writeString(unsaved.resolve("metrics.jsonl"), "{}");
    stopBeforeTheEnd = false;
    assertThat(run("trm").rows().getFirst().runs())
        .extracting(AblationRun::steps)
        .containsExactly(2L, 2L);
    assertThat(unsaved.resolve("metrics.jsonl")).content().doesNotStartWith("{}");
  }

  @Test
  void spreadIsTheSampleStandardDeviation() {
    AblationRow row =
        new AblationRow("p", 1, 1, 1, 1, List.of(run(1, 0.5), run(2, 0.9), run(3, 0.7)));
    assertThat(row.exact().getAverage()).isCloseTo(0.7, within(1e-12));
    assertThat(row.exactDeviation()).isCloseTo(0.2, within(1e-12));
    assertThat(row.puzzlesPerSecond()).isEqualTo(20);
  }

  private static AblationRun run(long seed, double exact) {
    return new AblationRun("p", seed, 1, exact, exact, 10 * seed, 1);
  }

  @Test
  void equalComputeGivesADeepRecursionFewerSteps() {
    Plan shallow = plan("trm(T=1;n=1)");
    Plan deep = plan("trm(T=3;n=4)");
    Budget budget = AblationText.budget("0.5TFLOP");
    assertThat(budget.steps(deep, 4)).isPositive().isLessThan(budget.steps(shallow, 4) / 2);
    assertThat(AblationText.budget("7 steps").steps(deep, 4)).isEqualTo(7);
    assertThatThrownBy(() -> AblationText.budget("0.000001TFLOP").steps(deep, 4))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("one training step of trm");
  }

  private static Plan plan(String policy) {
    Contender contender = AblationText.contender(policy, Map.of());
    return Plan.lower(CONFIG.model().config(16, 6, 1), contender.program());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-3", "3.5", "1e9", "TFLOP", "0TFLOP", "300 minutes"})
  void refusesOtherBudgets(String text) {
    assertThatThrownBy(() -> AblationText.budget(text))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("budget " + text);
  }

  @Test
  void refusesOtherPolicies() {
    assertThatThrownBy(() -> AblationText.contender("trm(T)", Map.of()))
        .isInstanceOf(TrainingException.class)
        .hasMessageContaining("expected id or id(name=value;name=value)");
    assertThatThrownBy(() -> AblationText.contender("trm(q=2)", Map.of()))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("unknown argument q");
    assertThatThrownBy(() -> AblationText.contender("none", Map.of()))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("unknown recursion policy none");
  }
}
