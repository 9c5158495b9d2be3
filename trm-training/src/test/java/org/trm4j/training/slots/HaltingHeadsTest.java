package org.trm4j.training.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.Puzzle;
import org.trm4j.SolveOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.UpdateRule;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.episode.TaskRules;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.training.config.TrainingConfigs;

/** Halting heads of a task's own terms stop its sequences, in training and while solving. */
class HaltingHeadsTest {
  private static final ModelConfig CONFIG =
      ModelConfig.builder().hidden(8, 2).tokens(4, 5).puzzleEmbedding(0, 1, 0).build();

  private static TaskProgram task(double halt, double proceed) {
    RecursionProgram recursion = Trm.standard().program("hrm", Map.of("hLayers", 1, "lLayers", 1));
    String answer = recursion.answer();
    Objective.Head.Rows first = Objective.Head.Rows.FIRST;
    return new TaskProgram(
        recursion.withoutContinueTarget(),
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(
            List.of(
                Objective.Head.cells(TaskProgram.LOGITS, 5, answer),
                new Objective.Head(TaskProgram.HALT, first, 1, answer, halt),
                new Objective.Head(TaskProgram.CONTINUE, first, 1, answer, proceed)),
            List.of(
                Objective.Term.of(
                    "right",
                    TaskProgram.LOGITS,
                    Objective.Term.LossKind.STABLE_MAX,
                    Objective.Term.Target.LABELS,
                    1),
                Objective.Term.of(
                    "halt",
                    TaskProgram.HALT,
                    Objective.Term.LossKind.BINARY,
                    new Objective.Term.Target.Exact(TaskProgram.LOGITS, "labels"),
                    0.5))));
  }

  /** HRM halts where the one logit is above the other; the policy of heads where it is above 0. */
  @ParameterizedTest
  @CsvSource({"40, -40, 1", "-40, 40, 3", "-40, -80, 1"})
  void stopExamples(double halt, double proceed, int steps) {
    TaskProgram task = task(halt, proceed);
    ModelDescription description =
        new ModelDescription(CONFIG, "hrm", Map.of(), "", Map.of(), task);
    ParameterSet parameters = ParameterInitializer.initialize(description.plan().parameters(), 1);
    Example example = new Example(new int[] {1, 2, 3, 4}, new int[] {4, 3, 2, 1}, 0);
    ExampleStream stream = () -> example;
    AdaptiveHalting halting =
        new AdaptiveHalting(
            task.recursion().haltRule(),
            TrainingConfigs.recipe("demo").toBuilder()
                .maxSteps(3)
                .explorationProbability(0)
                .build()
                .halting(),
            7);
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      try (TrainingSession session = backend.train(description.plan(), parameters, 2)) {
        TrainingSlots slots =
            new TrainingSlots(session, halting, 5, TaskRules.of(task, CONFIG, null));
        slots.fill(stream);
        UpdateRule still = new UpdateRule(1, 0, 0, 0.9, 0.95, 0, 0, 0.9);
        for (int step = 1; step <= 6; step++) {
          int taken = slots.step(stream, step, still);
          assertThat(taken)
              .as("step %s", step)
              .isEqualTo(step > 1 && (step - 1) % steps == 0 ? 2 : 0);
          assertThat(slots.metrics(1).haltLogit()).isCloseTo((float) halt, within(5f));
        }
      }
      try (TrmModel model =
          TrmModel.open(new SavedModel(description, parameters, Map.of()), backend)) {
        SolveOptions options =
            SolveOptions.DEFAULT.withMaxSteps(3).withHalting(Trm.standard().halting("halt-head"));
        assertThat(model.solve(new Puzzle(example.tokens(), 0), options).steps())
            .isEqualTo(halt > 0 ? 1 : 3);
      }
    }
  }
}
