package org.trm4j.tck.sample;

import static org.trm4j.recursion.RecursionProgram.Builder.detach;
import static org.trm4j.recursion.RecursionProgram.Builder.repeat;
import static org.trm4j.recursion.RecursionProgram.Builder.supervise;
import static org.trm4j.recursion.RecursionProgram.Builder.update;
import static org.trm4j.recursion.RecursionProgram.Builder.withGradient;
import static org.trm4j.recursion.RecursionProgram.Builder.withoutGradient;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.recursion.LatentState;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionTask;

/** Tasks with inputs, heads and terms of their own, with awkward sizes. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record SmallTask(String name, Plan plan, ParameterSet parameters) {
  public static final int BATCH = 3;
  private static final int CELLS = 7;
  private static final int TOKENS = 5;

  /** Returns one task with every kind of input, head, loss, mean and statement, and some more. */
  public static List<SmallTask> all() {
    RecursionProgram looped =
        RecursionProgram.builder("looped")
            .state("h", "h_init")
            .module("net", 1)
            .then(withGradient(repeat(3, update("h", "net", "h", "x"), supervise())))
            .answer("h")
            .build();
    RecursionProgram cut =
        RecursionProgram.builder("cut")
            .state("y", "y_init")
            .state("z", "z_init")
            .module("net", 1)
            .then(
                withGradient(
                    repeat(
                        2,
                        update("z", "net", "z", "y", "x"),
                        update("y", "net", "y", "z"),
                        supervise(),
                        detach("y", "z"))))
            .answer("y")
            .build();
    RecursionProgram anew =
        RecursionProgram.builder("anew")
            .state("y", "y_init")
            .freshState("z", new LatentState.Start.Input())
            .freshState("w", new LatentState.Start.TruncatedNormal(0.5))
            .freshState("v", new LatentState.Start.Stored("v_init"))
            .module("net", 1)
            .then(
                withoutGradient(update("v", "net", "v", "y"), update("w", "net", "w", "z")),
                withGradient(
                    repeat(
                        2,
                        update("z", "net", "z", "w", "x"),
                        update("y", "net", "y", "z", "v"),
                        supervise())))
            .answer("y")
            .build();
    RecursionProgram beside =
        RecursionProgram.builder("beside")
            .state("y", "y_init")
            .freshState("z", new LatentState.Start.Input())
            .module("net", 1)
            .then(withGradient(update("z", "net", "z", "y"), update("y", "net", "y", "z")))
            .answer("y")
            .build();
    RecursionProgram nothing =
        RecursionProgram.builder("nothing kept")
            .freshState("y", new LatentState.Start.Input())
            .freshState("z", new LatentState.Start.Input())
            .module("net", 1)
            .then(withGradient(update("y", "net", "y", "z"), update("z", "net", "z", "y")))
            .answer("y")
            .build();
    ModelConfig attention = config(ModelConfig.Mixer.ATTENTION, ModelConfig.Positions.LEARNED, 2);
    ModelConfig tokens = config(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE, 0);
    return List.of(
        of("deduction", attention, DeductionTask.of(looped, attention)),
        of("deduction without prefix", tokens, DeductionTask.of(cut, tokens)),
        of("own heads on tokens", attention, heads(cut)),
        of("targets that follow from heads", attention, targets(cut)),
        of("states that start anew", attention, heads(anew)),
        of("no state that is kept", tokens, heads(nothing)),
        of("targets beside a state that starts anew", tokens, targets(beside)));
  }

  private static TaskProgram heads(RecursionProgram recursion) {
    return new TaskProgram(
        recursion,
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(
            List.of(
                Objective.Head.cells("logits", TOKENS, "y"),
                Objective.Head.cells("again", TOKENS, "z"),
                new Objective.Head("q", Objective.Head.Rows.FIRST, 2, "y", -1)),
            List.of(
                term("right", "logits", Objective.Term.LossKind.STABLE_MAX, 1),
                term("right too", "logits", Objective.Term.LossKind.SOFTMAX, 0.3),
                term("other", "again", Objective.Term.LossKind.SOFTMAX, 0.5))));
  }

  /** Two supervised points, and targets of every kind. */
  private static TaskProgram targets(RecursionProgram recursion) {
    return new TaskProgram(
        recursion,
        new TaskProgram.Input.Tokens(),
        new Objective.Terms(
            List.of(
                Objective.Head.cells("logits", TOKENS, "y"),
                new Objective.Head("q_halt", Objective.Head.Rows.FIRST, 1, "y", 0),
                new Objective.Head("q_continue", Objective.Head.Rows.MEAN, 1, "z", 0)),
            List.of(
                term("right", "logits", Objective.Term.LossKind.STABLE_MAX, 1),
                Objective.Term.of(
                    "halt",
                    "q_halt",
                    Objective.Term.LossKind.BINARY,
                    new Objective.Term.Target.Exact("logits", "labels"),
                    0.5),
                Objective.Term.of(
                    "go on",
                    "q_continue",
                    Objective.Term.LossKind.BINARY,
                    new Objective.Term.Target.NextStep(List.of("q_continue", "q_halt"), "q_halt"),
                    0.5))));
  }

  private static Objective.Term term(
      String name, String head, Objective.Term.LossKind kind, double factor) {
    return Objective.Term.of(name, head, kind, Objective.Term.Target.LABELS, factor);
  }

  private static ModelConfig config(
      ModelConfig.Mixer mixer, ModelConfig.Positions positions, int prefix) {
    return ModelConfig.builder()
        .hidden(20, 2)
        .tokens(CELLS, TOKENS)
        .puzzleEmbedding(0, prefix, 0)
        .mixer(mixer, positions)
        .build();
  }

  private static SmallTask of(String name, ModelConfig config, TaskProgram task) {
    Plan plan = Plan.lower(config, task);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    ParameterSet drawn = ParameterInitializer.initialize(plan.parameters(), 3);
    SplittableRandom random = new SplittableRandom(4);
    for (ParameterSpec spec : plan.parameters()) {
      // Equal biases would hide which of them is added.
      float[] values = drawn.get(spec.name()).toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] += spec.initialStd() == 0 ? (float) random.nextGaussian() * 0.1f : 0;
      }
      tensors.put(spec.name(), Tensor.of(spec.shape(), values));
    }
    return new SmallTask(name, plan, new ParameterSet(tensors));
  }

  public static int[] tokens(int slot) {
    return new SplittableRandom(slot).ints(CELLS, 0, TOKENS).toArray();
  }

  /** Returns values for an input: sets and binary targets of 0 and 1, classes, or weights. */
  public static float[] input(Buffer input, int slot) {
    SplittableRandom random = new SplittableRandom(slot * 31L + input.name().hashCode());
    Shape shape = input.shape();
    float[] values = new float[shape.intSize()];
    boolean classes = input.name().endsWith(".target") && shape.rank() == 1;
    for (int i = 0; i < values.length; i++) {
      boolean weight = input.name().endsWith(".weight");
      values[i] = random.nextInt(weight ? 3 : classes ? TOKENS : 2) * (weight ? 0.37f : 1);
    }
    return values;
  }

  /** Two steps without gradient: every head after each, and the states at the end. */
  public Map<String, float[]> inferred(Backend backend) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (LoadedModel model = backend.load(plan, parameters);
        InferenceSession session = model.open(BATCH)) {
      for (int slot = 0; slot < BATCH; slot++) {
        session.start(slot, tokens(slot), 0, slot);
      }
      for (int step = 0; step < 2; step++) {
        for (int slot = 0; slot < BATCH; slot++) {
          for (Buffer input : plan.inputs()) {
            session.feed(slot, input.name(), input(input, slot + 10 * step));
          }
        }
        session.step();
        for (int slot = 0; slot < BATCH; slot++) {
          for (Buffer output : plan.outputs()) {
            float[] target = new float[output.shape().intSize()];
            session.read(output.name(), slot, target);
            values.put("%s of slot %s, step %s".formatted(output.name(), slot, step), target);
          }
        }
      }
    }
    return values;
  }

  /** A training step: heads, losses, gradients and states. */
  public Map<String, float[]> trained(Backend backend) {
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TrainingSession session = backend.train(plan, parameters, BATCH)) {
      for (int slot = 0; slot < BATCH; slot++) {
        session.start(slot, tokens(slot), tokens(slot + 1), 0, slot);
        for (Buffer input : plan.inputs()) {
          session.feed(slot, input.name(), input(input, slot));
        }
      }
      session.step(new boolean[BATCH], 1f / BATCH);
      for (int slot = 0; slot < BATCH; slot++) {
        for (List<Buffer> list : List.of(plan.outputs(), plan.losses())) {
          for (Buffer output : list) {
            float[] target = new float[output.shape().intSize()];
            session.read(output.name(), slot, target);
            values.put(output.name() + " of slot " + slot, target);
          }
        }
        for (Buffer state : plan.stateBuffers()) {
          float[] target = new float[state.shape().intSize()];
          session.state(state.name(), slot, target);
          values.put("state " + state.name() + " of slot " + slot, target);
        }
      }
      session
          .gradients()
          .tensors()
          .forEach((parameter, tensor) -> values.put("gradient of " + parameter, tensor.toArray()));
    }
    return values;
  }
}
