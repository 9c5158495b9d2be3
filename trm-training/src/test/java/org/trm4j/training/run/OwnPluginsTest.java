package org.trm4j.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Answer;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.optimizer.UpdateSpec;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.spi.PolicyArguments;
import org.trm4j.recursion.spi.RecursionPolicyProvider;
import org.trm4j.task.Objective;
import org.trm4j.task.Objective.Term.LossKind;
import org.trm4j.task.Objective.Term.Target;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.spi.Transition;
import org.trm4j.task.spi.TransitionProvider;
import org.trm4j.training.TrainingException;
import org.trm4j.training.config.TrainingConfig;
import org.trm4j.training.config.TrainingConfigs;
import org.trm4j.training.metrics.TrainingResult;

/** Training with plug-ins that are objects of the host, which no class path names. */
class OwnPluginsTest {
  @TempDir private Path folder;

  private static final PolicyArguments NONE = new PolicyArguments(Map.of());

  /** The recursion of TRM, with a task that has a transition of its own. */
  private static final class OwnPolicy implements RecursionPolicyProvider {
    @Override
    public String id() {
      return "own-policy";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "a test's own";
    }

    @Override
    public PolicyArguments defaults() {
      return PolicyArguments.of("layers", 1);
    }

    @Override
    public RecursionProgram program(PolicyArguments arguments) {
      return Trm.standard()
          .program("trm", Map.of("T", 1, "n", 1, "layers", arguments.get("layers")));
    }

    @Override
    public TaskProgram task(PolicyArguments arguments, ModelConfig config) {
      return new TaskProgram(
          program(arguments),
          new TaskProgram.Input.Tokens(),
          new Objective.Terms(
              List.of(Objective.Head.cells("logits", config.vocabSize(), "z_H")),
              List.of(Objective.Term.of("right", "logits", LossKind.SOFTMAX, Target.LABELS, 1))),
          new TaskProgram.TransitionUse("own-transition", Map.of()));
    }
  }

  /** The answer of every puzzle after two steps is its question. */
  private static final class OwnTransition implements TransitionProvider, Transition {
    @Override
    public String id() {
      return "own-transition";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "a test's own";
    }

    @Override
    public PolicyArguments defaults() {
      return NONE;
    }

    @Override
    public Transition transition(
        PolicyArguments arguments, ModelConfig config, @Nullable PuzzleDomain domain) {
      return this;
    }

    @Override
    public float[] begin(Episode episode) {
      return new float[1];
    }

    @Override
    public Presented present(float[] memory, Episode episode) {
      return new Presented(Map.of(), Map.of());
    }

    @Override
    public Outcome next(float[] memory, Outputs outputs, Episode episode) {
      return episode.step() < 2
          ? new Outcome.Continue(episode.question(), new float[] {memory[0] + 1})
          : new Outcome.Done(episode.question());
    }
  }

  /** Adds one tenth of the learning rate to every value. */
  private static final class OwnOptimizer implements OptimizerProvider {
    private int updates;

    @Override
    public String id() {
      return "own-optimizer";
    }

    @Override
    public int spiVersion() {
      return SPI_VERSION;
    }

    @Override
    public String description() {
      return "a test's own";
    }

    @Override
    public PolicyArguments defaults() {
      return NONE;
    }

    @Override
    public Optimizer optimizer(PolicyArguments arguments) {
      return (spec, values, gradient, first, second, step) -> {
        updates++;
        for (int i = 0; i < values.length; i++) {
          values[i] += (float) (0.1 * step.learningRate());
        }
      };
    }
  }

  private static TrainingConfig config(int steps) {
    return TrainingConfigs.recipe("demo").toBuilder()
        .dataset("sudoku")
        .options(Map.of("size", "4", "train", "20", "test", "5"))
        .recursion("own-policy")
        .groups(List.of(new UpdateSpec.Group("", "own-optimizer", Map.of(), 1e-3, 0)))
        .hiddenSize(16)
        .numHeads(2)
        .puzzleEmbDim(0)
        .puzzleEmbLen(0)
        .steps(steps)
        .batch(3)
        .logEvery(1)
        .evaluateEvery(2)
        .evaluatePuzzles(2)
        .maxSteps(3)
        .build();
  }

  @Test
  void aRunEvaluatesResumesAndSolvesWithThem() {
    OwnOptimizer optimizer = new OwnOptimizer();
    Trm trm =
        Trm.builder().plugin(new OwnPolicy()).plugin(new OwnTransition()).plugin(optimizer).build();
    TrainerFactory factory = new TrainerFactory(trm, Set.of());
    Path run = folder.resolve("run");
    try (Dataset dataset = config(2).data().open(trm);
        Backend backend = trm.backend("cpu-scalar", 1)) {
      assertThatThrownBy(
              () -> new TrainerFactory(Set.of()).startInMemory(config(2), dataset, backend))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("recursion.policy")
          .hasMessageContaining("own-policy");
      TrainingResult first;
      try (Trainer trainer = factory.start(config(2), dataset, backend, run)) {
        first = trainer.run();
        assertThat(trainer.model().description().task().transition()).isPresent();
      }
      assertThat(first.lastEvaluation().orElseThrow().puzzles()).isEqualTo(2);
      assertThat(optimizer.updates).isPositive();
      try (Trainer trainer =
          factory.resume(run, dataset, backend, c -> c.toBuilder().steps(4).build())) {
        assertThat(trainer.run().step()).isEqualTo(4);
      }
      try (TrmModel model = trm.open(run)) {
        Answer answer =
            model.solve("3.1.4..2.......1", SolveOptions.DEFAULT.withHalting(progress -> false));
        assertThat(answer.ending()).isEqualTo(Answer.Ending.DONE);
        assertThat(answer.steps()).isEqualTo(2);
        assertThat(answer.tokens()).isEqualTo(answer.question());
      }
    }
  }

  @Test
  void noPluginIsLookedForWhereAHostSaysSo() {
    DatasetProvider puzzles = Trm.standard().plugins().datasets().get("sudoku");
    Trm trm = Trm.builder().withoutDiscovery().plugin(puzzles).build();
    try (Dataset dataset = config(2).data().open(trm);
        Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      assertThatThrownBy(() ->
              new TrainerFactory(trm, Set.of())
                  .startInMemory(config(2).toBuilder().recursion("trm").build(), dataset, backend))
          .isInstanceOf(TrainingException.class)
          .hasMessageContaining("recursion.policy");
    }
  }
}
