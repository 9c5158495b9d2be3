package org.trm4j.tck.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.trm4j.recursion.RecursionProgram.Builder.detach;
import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.supervise;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.recursion.Statement;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionTask;

/** Gradients of tasks with heads and terms of their own, against central differences. */
class TaskGradientTest {
  private static final double STEP = 1e-5;
  private static final int CELLS = 3;
  private static final int TOKENS = 3;

  private static ModelConfig config(int prefix, ModelConfig.Positions positions) {
    return ModelConfig.builder()
        .hidden(4, 2)
        .tokens(CELLS, TOKENS)
        .puzzleEmbedding(0, prefix, 0)
        .mixer(prefix > 0 ? ModelConfig.Mixer.ATTENTION : ModelConfig.Mixer.TOKEN_MLP, positions)
        .build();
  }

  private static RecursionProgram program(Statement... loop) {
    return RecursionProgram.builder("loop")
        .state("h", "h_init")
        .module("net", 1)
        .then(withGradient(repeat(3, loop)))
        .answer("h")
        .build();
  }

  @ParameterizedTest
  @CsvSource({"1, LEARNED", "0, NONE", "2, ROTARY"})
  void lossesOnEveryLoopAndOverSets(int prefix, ModelConfig.Positions positions) {
    ModelConfig config = config(prefix, positions);
    check(
        Plan.lower(
            config, DeductionTask.of(program(update("h", "net", "h", "x"), supervise()), config)));
  }

  @Test
  void termsOnTokensAndSeveralTermsOnOneHead() {
    ModelConfig config = config(1, ModelConfig.Positions.ROTARY);
    TaskProgram task =
        new TaskProgram(
            program(update("h", "net", "h", "x")),
            new TaskProgram.Input.Tokens(),
            new Objective.Terms(
                List.of(
                    Objective.Head.cells("logits", TOKENS, "h"),
                    new Objective.Head("q_halt", Objective.Head.Rows.FIRST, 1, "h", 0.5),
                    new Objective.Head("middle", Objective.Head.Rows.MEAN, 2, "h", 0.5)),
                List.of(
                    Objective.Term.of(
                        "a",
                        "logits",
                        Objective.Term.LossKind.STABLE_MAX,
                        Objective.Term.Target.LABELS,
                        1),
                    Objective.Term.of(
                        "b",
                        "logits",
                        Objective.Term.LossKind.SOFTMAX,
                        Objective.Term.Target.LABELS,
                        2),
                    Objective.Term.of(
                        "c",
                        "q_halt",
                        Objective.Term.LossKind.BINARY,
                        new Objective.Term.Target.Exact("logits", "labels"),
                        1))));
    // A head without a term learns nothing.
    check(Plan.lower(config, task), "heads.middle.weight", "heads.middle.bias");
  }

  @Test
  void theGradientReachesTheInputThatAStateStartsFrom() {
    RecursionProgram anew =
        RecursionProgram.builder("anew")
            .freshState("h", new LatentState.Start.Input())
            .freshState("g", new LatentState.Start.Stored("g_init"))
            .module("net", 1)
            .then(withGradient(update("g", "net", "g", "h"), update("h", "net", "h", "g")))
            .answer("h")
            .build();
    for (int prefix = 0; prefix < 2; prefix++) {
      ModelConfig config = config(prefix, ModelConfig.Positions.NONE);
      check(Plan.lower(config, DeductionTask.of(anew, config)));
    }
  }

  @Test
  void detachStopsTheGradientOfEarlierLoops() {
    ModelConfig config = config(0, ModelConfig.Positions.NONE);
    Statement update = update("h", "net", "h", "x");
    Plan whole = Plan.lower(config, DeductionTask.of(program(update, supervise()), config));
    Plan cut =
        Plan.lower(config, DeductionTask.of(program(update, supervise(), detach("h")), config));
    // The forward values are the same; the gradients differ.
    Map<String, double[]> through = new HashMap<>();
    Map<String, double[]> truncated = new HashMap<>();
    assertThat(run(cut, null, truncated)).isEqualTo(run(whole, null, through));
    double[] a = through.get("net.layers.0.mlp.down_proj.weight");
    double[] b = truncated.get("net.layers.0.mlp.down_proj.weight");
    assertThat(b).isNotEqualTo(a);
    assertThat(truncated.get("heads.keep.weight")).isEqualTo(through.get("heads.keep.weight"));
  }

  private static void check(Plan plan, String... untouched) {
    DoubleParameters parameters =
        new DoubleParameters(
            plan.parameters(), ParameterInitializer.initialize(plan.parameters(), 5));
    Map<String, double[]> gradients = new HashMap<>();
    run(plan, parameters, gradients);
    SplittableRandom random = new SplittableRandom(1);
    for (ParameterSpec spec : parameters.trained()) {
      double[] values = parameters.values(spec);
      double[] gradient = gradients.get(spec.name());
      for (int sample = 0; sample < 6; sample++) {
        int i = random.nextInt(values.length);
        double before = values[i];
        values[i] = before + STEP;
        double up = run(plan, parameters, new HashMap<>());
        values[i] = before - STEP;
        double down = run(plan, parameters, new HashMap<>());
        values[i] = before;
        double expected = (up - down) / (2 * STEP);
        assertThat(gradient[i])
            .as("d %s[%s]", spec.name(), i)
            .isCloseTo(expected, within(1e-6 * (1 + Math.abs(expected))));
      }
      boolean moves = Arrays.stream(gradient).anyMatch(g -> g != 0);
      assertThat(moves).as(spec.name()).isEqualTo(!Arrays.asList(untouched).contains(spec.name()));
    }
  }

  /** Runs a training step; returns the mean over the supervisions of the summed terms. */
  private static double run(Plan plan, DoubleParameters given, Map<String, double[]> gradients) {
    DoubleParameters parameters =
        given != null
            ? given
            : new DoubleParameters(
                plan.parameters(), ParameterInitializer.initialize(plan.parameters(), 5));
    parameters.clearGradients();
    ReferenceSlots slots = new ReferenceSlots("test", plan, parameters, 1, true, 0, Rounding.NONE);
    Workspace workspace = slots.start(0, new int[] {2, 0, 1}, null, 0, 5);
    SplittableRandom random = new SplittableRandom(9);
    for (Buffer input : plan.inputs()) {
      float[] values = new float[input.shape().intSize()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(2) + (input.name().endsWith(".weight") ? 0.25f : 0);
      }
      slots.table().feed(0, input.name(), values);
    }
    workspace.prepare(false, 1);
    Interpreter.run(plan.training(), workspace);
    parameters
        .trained()
        .forEach(spec -> gradients.put(spec.name(), parameters.gradient(spec).clone()));
    double loss = 0;
    for (PlanNode node : plan.training()) {
      if (node instanceof TermLoss op) {
        loss += op.share() * workspace.read(op.loss())[0];
      }
    }
    return loss;
  }
}
