package org.trm4j.tck.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.InferenceSession;
import org.trm4j.backend.spi.LoadedModel;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.backend.spi.TrainingSession.SequenceMetrics;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.model.ParameterInitializer;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;
import org.trm4j.model.Tensor;
import org.trm4j.plan.Plan;
import org.trm4j.plan.operation.Loss;
import org.trm4j.recursion.RecursionProgram;
import org.trm4j.task.Objective;
import org.trm4j.task.ParameterLayout;
import org.trm4j.task.TaskProgram;

/**
 * The published objective in two forms: as its own operations, and as ordinary terms for labels,
 * halting and Q-learning: {@code lm + 0.5 * BCE(q_halt, exact) + 0.5 * BCE(q_continue, next step)}.
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record PublishedTerms(
    Plan published, ParameterSet parameters, TaskProgram terms, Plan ordinary) {
  private static final int SLOTS = 4;
  private static final boolean[] LAST = {false, true, false, true};
  private static final List<String> LOGITS = List.of(TaskProgram.HALT, TaskProgram.CONTINUE);

  /** Takes a recursion with a continue target, which halts as HRM does, or one without. */
  public static PublishedTerms of(SmallModel model, RecursionProgram recursion) {
    Plan published = Plan.lower(model.plan().config(), recursion);
    ParameterSet parameters = ParameterInitializer.initialize(published.parameters(), 3);
    TaskProgram terms =
        new TaskProgram(
            recursion.withoutContinueTarget(), new TaskProgram.Input.Tokens(), terms(recursion));
    return new PublishedTerms(
        published, moved(parameters), terms, Plan.lower(published.config(), terms));
  }

  private static Objective.Terms terms(RecursionProgram recursion) {
    String answer = recursion.answer();
    Objective.Term.LossKind binary = Objective.Term.LossKind.BINARY;
    List<Objective.Head> heads =
        List.of(
            Objective.Head.cells(TaskProgram.LOGITS, SmallModel.VOCABULARY, answer),
            new Objective.Head(TaskProgram.HALT, Objective.Head.Rows.FIRST, 1, answer, -5),
            new Objective.Head(TaskProgram.CONTINUE, Objective.Head.Rows.FIRST, 1, answer, -5));
    Objective.Term right =
        Objective.Term.of(
            "right",
            TaskProgram.LOGITS,
            Objective.Term.LossKind.STABLE_MAX,
            Objective.Term.Target.LABELS,
            1);
    Objective.Term halt =
        Objective.Term.of(
            "halt",
            TaskProgram.HALT,
            binary,
            new Objective.Term.Target.Exact(TaskProgram.LOGITS, "labels"),
            0.5);
    Objective.Term further =
        Objective.Term.of(
            "continue",
            TaskProgram.CONTINUE,
            binary,
            new Objective.Term.Target.NextStep(LOGITS, TaskProgram.HALT),
            0.5);
    return new Objective.Terms(
        heads, recursion.continueTarget() ? List.of(right, halt, further) : List.of(right, halt));
  }

  /** The halting head starts at 0 and with equal logits, which would hide one behind the other. */
  private static ParameterSet moved(ParameterSet parameters) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(parameters.tensors());
    SplittableRandom random = new SplittableRandom(8);
    for (String name : List.of(ParameterLayout.Q_HEAD_WEIGHT, ParameterLayout.Q_HEAD_BIAS)) {
      Tensor tensor = parameters.get(name);
      float[] values = new float[tensor.shape().intSize()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      tensors.put(name, Tensor.of(tensor.shape(), values));
    }
    return new ParameterSet(tensors);
  }

  /** The same parameters under the names of a task with heads of its own. */
  private ParameterSet renamed() {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : ordinary.parameters()) {
      tensors.put(spec.name(), value(spec, parameters.tensors(), true));
    }
    return new ParameterSet(tensors);
  }

  /** Returns the published name of a parameter of the terms. */
  private static Tensor value(ParameterSpec spec, Map<String, Tensor> published, boolean zeroBias) {
    Objective.Head logits = Objective.Head.cells(TaskProgram.LOGITS, 1, "");
    if (spec.name().equals(logits.weight())) {
      return Objects.requireNonNull(published.get(ParameterLayout.LM_HEAD));
    }
    if (spec.name().equals(logits.biasName()) && zeroBias) {
      return Tensor.of(spec.shape(), new float[spec.shape().intSize()]);
    }
    for (int i = 0; i < LOGITS.size(); i++) {
      Objective.Head head = Objective.Head.cells(LOGITS.get(i), 1, "");
      if (spec.name().equals(head.weight())) {
        return part(spec.shape(), published.get(ParameterLayout.Q_HEAD_WEIGHT), i);
      }
      if (spec.name().equals(head.biasName())) {
        return part(spec.shape(), published.get(ParameterLayout.Q_HEAD_BIAS), i);
      }
    }
    return Objects.requireNonNull(published.get(spec.name()), spec.name());
  }

  private static Tensor part(Shape shape, @Nullable Tensor whole, int index) {
    float[] values = Objects.requireNonNull(whole).toArray();
    int size = shape.intSize();
    return Tensor.of(shape, Arrays.copyOfRange(values, index * size, (index + 1) * size));
  }

  /**
   * Labels that the model predicts, some of which do not count, and labels that it does not
   * predict.
   */
  private int[][] labels(Backend backend) {
    int[][] labels = new int[SLOTS][SmallModel.TOKENS];
    try (LoadedModel model = backend.load(published, parameters);
        InferenceSession session = model.open(SLOTS)) {
      for (int slot = 0; slot < SLOTS; slot++) {
        session.start(slot, SmallModel.tokens(slot), 0, slot);
      }
      session.step();
      for (int slot = 0; slot < SLOTS; slot++) {
        session.predictions(slot, labels[slot]);
      }
    }
    labels[1][3] = (labels[1][3] + 1) % SmallModel.VOCABULARY;
    labels[2][0] = Loss.IGNORED;
    labels[3][0] = Loss.IGNORED;
    labels[3][5] = (labels[3][5] + 1) % SmallModel.VOCABULARY;
    return labels;
  }

  /** The losses of each slot and all gradients, as the published operations have them. */
  public Map<String, float[]> byOperations(Backend backend) {
    int[][] labels = labels(backend);
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TrainingSession session = backend.train(published, parameters, SLOTS)) {
      for (int slot = 0; slot < SLOTS; slot++) {
        session.start(slot, SmallModel.tokens(slot), labels[slot], 0, slot);
      }
      SequenceMetrics[] metrics = session.step(LAST, 1f / SLOTS);
      for (int slot = 0; slot < SLOTS; slot++) {
        SequenceMetrics m = metrics[slot];
        values.put(
            "losses of slot " + slot,
            new float[] {
              (float) m.languageLoss(),
              (float) (0.5 * m.haltLoss()),
              (float) (0.5 * m.continueLoss())
            });
      }
      Map<String, Tensor> gradients = session.gradients().tensors();
      for (ParameterSpec spec : compared()) {
        values.put(spec.name(), value(spec, gradients, false).toArray());
      }
    }
    return values;
  }

  /** The same of the terms. */
  public Map<String, float[]> byTerms(Backend backend) {
    int[][] labels = labels(backend);
    TaskRules rules = Objects.requireNonNull(TaskRules.of(terms, ordinary.config(), null));
    Map<String, float[]> values = new LinkedHashMap<>();
    try (TrainingSession session = backend.train(ordinary, renamed(), SLOTS)) {
      List<TaskSlot> slots = new ArrayList<>();
      for (int slot = 0; slot < SLOTS; slot++) {
        session.start(slot, SmallModel.tokens(slot), labels[slot], 0, slot);
        slots.add(rules.begin(slot, SmallModel.tokens(slot), labels[slot]));
      }
      rules.feedTargets(session, slots, rules.counts(slots), SLOTS);
      session.step(LAST, 1f / SLOTS);
      for (int slot = 0; slot < SLOTS; slot++) {
        float[] losses = new float[3];
        for (int i = 0; i < ordinary.losses().size(); i++) {
          float[] loss = new float[1];
          session.read(ordinary.losses().get(i).name(), slot, loss);
          losses[i] = loss[0];
        }
        values.put("losses of slot " + slot, losses);
      }
      Map<String, Tensor> gradients = session.gradients().tensors();
      for (ParameterSpec spec : compared()) {
        values.put(spec.name(), Objects.requireNonNull(gradients.get(spec.name())).toArray());
      }
    }
    return values;
  }

  /** The published logits head has no bias. */
  private List<ParameterSpec> compared() {
    String bias = Objective.Head.cells(TaskProgram.LOGITS, 1, "").biasName();
    return ordinary.parameters().stream()
        .filter(spec -> spec.kind() == ParameterSpec.Kind.TRAINED && !spec.name().equals(bias))
        .toList();
  }
}
