package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.Answer;
import org.trm4j.OpenOptions;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.cpu.CpuScalarProvider;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.datasets.sudoku.SudokuProvider;
import org.trm4j.halting.spi.HaltingPolicy;
import org.trm4j.halting.spi.HaltingPolicyProvider;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.plugin.PluginException;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;

/** A host chooses the plug-ins of a runtime; other runtimes do not see them. */
class RuntimeTest {
  private static final BackendOptions ONE_THREAD = BackendOptions.DEFAULT.withThreads(1);

  /** A policy that no jar registers. */
  private static final class Given implements RecursionPolicyProvider {
    private final RecursionPolicyProvider trm =
        Trm.standard().plugins().recursionPolicies().get("trm");
    private final int version;

    Given(int version) {
      this.version = version;
    }

    @Override
    public String id() {
      return "given";
    }

    @Override
    public int spiVersion() {
      return version;
    }

    @Override
    public String description() {
      return "as trm";
    }

    @Override
    public PolicyArguments defaults() {
      return trm.defaults();
    }

    @Override
    public RecursionProgram program(PolicyArguments arguments) {
      return trm.program(arguments);
    }
  }

  /** Takes the id of another. */
  private static final class Verified implements HaltingPolicyProvider {
    @Override
    public String id() {
      return "verified";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "another";
    }

    @Override
    public String defaultArgument() {
      return "";
    }

    @Override
    public HaltingPolicy policy(String argument) {
      return progress -> true;
    }
  }

  private static SavedModel model(Trm trm, String policy) {
    ModelConfig config =
        ModelConfig.builder().hidden(8, 1).tokens(16, 6).puzzleEmbedding(0, 0, 0).build();
    ModelDescription description =
        new ModelDescription(config, policy, Map.of("T", 1, "n", 1), "sudoku", Map.of("size", "4"));
    return new SavedModel(
        description,
        ParameterInitializer.initialize(
            org.trm4j.plan.Plan.lower(config, description.task(trm.plugins())).parameters(), 1),
        Map.of());
  }

  @Test
  void solvesWithAPolicyThatOnlyThisRuntimeHas() {
    Trm trm = Trm.builder().plugin(new Given(RecursionPolicyProvider.SPI_VERSION)).build();
    SavedModel saved = model(trm, "given");
    SolveOptions one = SolveOptions.DEFAULT.withMaxSteps(1);
    try (TrmModel model = trm.open(saved, "cpu-scalar", ONE_THREAD);
        Backend backend = trm.backend("cpu-scalar", ONE_THREAD)) {
      assertThat(model.solve(new Puzzle(new int[16], 0), one).steps()).isEqualTo(1);
      assertThatThrownBy(() -> TrmModel.open(saved, backend))
          .isInstanceOf(PluginException.class)
          .hasMessageStartingWith("unknown recursion policy given; found: ");
    }
  }

  @Test
  void worksWithNothingButTheGivenPlugins() {
    Trm alone =
        Trm.builder()
            .withoutDiscovery()
            .plugin(new CpuScalarProvider())
            .plugin(new SudokuProvider())
            .plugin(new Given(RecursionPolicyProvider.SPI_VERSION))
            .build();
    assertThat(alone.plugins().backends().usable()).containsOnlyKeys("cpu-scalar");
    try (TrmModel model = alone.open(model(alone, "given"))) {
      assertThat(model.domain()).isPresent();
      assertThat(model.device()).startsWith("cpu-scalar");
    }
    try (Dataset data = alone.generate("sudoku", Map.of("size", "4", "train", "2", "test", "1"))) {
      assertThat(data.split("test").size()).isEqualTo(1);
    }
    assertThatThrownBy(() -> alone.halting("verified"))
        .isInstanceOf(PluginException.class)
        .hasMessage("unknown halting policy verified; found: none");
  }

  @Test
  void refusesWhatIsNoPluginAndWhatClashes() {
    assertThatThrownBy(() -> Trm.builder().plugin("sudoku"))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("plug-in java.lang.String: expected an implementation of one of [");
    Trm twice = Trm.builder().plugin(new Verified()).build();
    assertThatThrownBy(() -> twice.halting("verified"))
        .isInstanceOf(PluginException.class)
        .hasMessageStartingWith("halting policy verified: found twice, as ");
    assertThat(Trm.builder().plugin(new CpuScalarProvider()).build().plugins().backends().usable())
        .as("an object takes the place of the registered one of its class")
        .containsKey("cpu-scalar");
    Trm old = Trm.builder().withoutDiscovery().plugin(new Given(0)).build();
    assertThatThrownBy(() -> old.plugins().recursionPolicies().get("given"))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("SPI version 0, expected ");
  }

  @Test
  void looksOnlyWhereItIsTold() throws Exception {
    ClassLoader library = Trm.class.getClassLoader();
    try (URLClassLoader empty = new URLClassLoader(new URL[0], library)) {
      assertThat(Trm.builder().classLoader(empty).build().plugins().backends().usable())
          .containsKey("cpu-scalar");
    }
    ClassLoader stranger = ClassLoader.getPlatformClassLoader();
    Trm wrong = Trm.builder().classLoader(stranger).build();
    assertThatThrownBy(() -> wrong.plugins().backends())
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("does not see org.trm4j.backend.spi.BackendProvider");
    assertThatThrownBy(() -> Trm.builder().classLoader(library).withoutDiscovery().build())
        .isInstanceOf(PluginException.class)
        .hasMessage("plug-ins: a class loader was given, and not to look for any");
  }

  @Test
  void aLambdaIsAHaltingPolicyThatIsChosenByName() {
    Trm trm =
        Trm.builder()
            .plugin(
                HaltingPolicyProvider.of(
                    "settled",
                    "stops when the halting head has stopped moving",
                    progress ->
                        progress.steps() > 1
                            && Math.abs(
                                    progress.haltLogit() - progress.haltLogit(progress.steps() - 1))
                                < 1e9))
            .build();
    try (TrmModel model = trm.open(Models.sudoku(), OpenOptions.DEFAULT.withThreads(1))) {
      SolveOptions options = SolveOptions.DEFAULT.withHalting(trm.halting("settled"));
      Answer answer = model.solve(model.parse(Models.PUZZLE), options);
      assertThat(answer.steps()).isEqualTo(2);
      assertThat(answer.ending()).isEqualTo(Answer.Ending.HALTED);
    }
    assertThatThrownBy(() -> trm.halting("settled", "3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("halting policy settled: takes no argument, found 3");
  }
}
