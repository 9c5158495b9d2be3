package org.trm4j.training.parity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.trm4j.Trm;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.TrainingSession;
import org.trm4j.checkpoint.safetensors.SafetensorsReader;
import org.trm4j.episode.TaskRules;
import org.trm4j.episode.TaskSlot;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Shape;
import org.trm4j.plan.Plan;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.task.Objective;
import org.trm4j.task.TaskProgram;
import org.trm4j.task.deduction.DeductionRule;
import org.trm4j.task.deduction.DeductionTask;

/**
 * Deduction's losses and their gradients on a backend, and the rule between steps, against values
 * that the published code of lattice deduction (arXiv 2605.08605) computed in double precision. The
 * losses run as a plan whose logits are inputs.
 */
final class DeductionParity {
  /** Of each gradient, relative to its size and a thousandth. */
  private static final double GRADIENT = 1e-6;

  private static final double SMALL = 1e-3;
  private static final double LOSS = 2e-6;

  private final Case golden;
  private final ParameterSet values;
  private final ModelConfig config;
  private final List<ParityCheck> checks;

  /** The sizes of a case. */
  record Case(int batch, int cells, int values, int loops) {}

  private DeductionParity(Case golden, ParameterSet values, List<ParityCheck> checks) {
    this.golden = golden;
    this.values = values;
    this.checks = checks;
    this.config =
        ModelConfig.builder()
            .hidden(8, 2)
            .tokens(golden.cells(), golden.values())
            .puzzleEmbedding(0, 1, 0)
            .build();
  }

  /** Checks losses and gradients of a backend, then the rule. */
  static void check(Case golden, Path tensors, Backend backend, List<ParityCheck> checks) {
    ParameterSet values = SafetensorsReader.read(tensors).tensors();
    DeductionParity parity = new DeductionParity(golden, values, checks);
    parity.losses(backend);
    parity.rule();
  }

  private float[] row(String name, int sequence) {
    float[] all = values.get(name).toArray();
    int size = all.length / golden.batch();
    return Arrays.copyOfRange(all, sequence * size, (sequence + 1) * size);
  }

  private boolean[] given(int sequence) {
    float[] given = row("given", sequence);
    boolean[] truth = new boolean[given.length];
    for (int i = 0; i < truth.length; i++) {
      truth[i] = given[i] > 0;
    }
    return truth;
  }

  private int[] answer(int sequence) {
    float[] answer = row("answer", sequence);
    return IntStream.range(0, golden.cells()).map(i -> (int) answer[i]).toArray();
  }

  private int width(Objective.Term term) {
    return term.head().equals(DeductionTask.CONFLICT) ? 1 : golden.values();
  }

  private int rows(Objective.Term term) {
    return term.head().equals(DeductionTask.CONFLICT) ? 1 : golden.cells();
  }

  private static Buffer buffer(String name, Buffer.Role role, long... shape) {
    return new Buffer(name, Shape.of(shape), role);
  }

  /** A plan of nothing but losses, whose logits the host hands over. */
  private Plan plan() {
    List<Buffer> inputs = new ArrayList<>();
    List<Buffer> outputs = new ArrayList<>();
    List<PlanNode> nodes = new ArrayList<>();
    for (Objective.Term term : DeductionTask.terms()) {
      boolean binary = term.kind() == Objective.Term.LossKind.BINARY;
      Buffer target =
          binary
              ? buffer(term.targetInput(), Buffer.Role.INPUT, rows(term), width(term))
              : buffer(term.targetInput(), Buffer.Role.INPUT, rows(term));
      Buffer weight = buffer(term.weightInput(), Buffer.Role.INPUT, rows(term));
      inputs.add(target);
      inputs.add(weight);
      for (int loop = 0; loop < golden.loops(); loop++) {
        String name = "%s.%s".formatted(loop, term.name());
        Buffer logits = buffer("logits." + name, Buffer.Role.INPUT, rows(term), width(term));
        Buffer gradient = buffer("gradient." + name, Buffer.Role.OUTPUT, rows(term), width(term));
        Buffer loss = buffer("loss." + name, Buffer.Role.OUTPUT, 1);
        inputs.add(logits);
        outputs.add(gradient);
        outputs.add(loss);
        nodes.add(
            new TermLoss(
                term.kind(),
                logits,
                target,
                weight,
                gradient,
                loss,
                (float) term.positive(),
                (float) term.negative(),
                1f / golden.loops()));
      }
    }
    return new Plan(
        config,
        "losses",
        List.of(),
        List.of(),
        nodes,
        List.of(),
        buffer("logits", Buffer.Role.OUTPUT, 0, golden.values()),
        buffer("q", Buffer.Role.OUTPUT, 0),
        inputs,
        List.of(),
        outputs);
  }

  private List<TaskSlot> slots(TaskRules rules) {
    List<TaskSlot> slots = new ArrayList<>();
    for (int i = 0; i < golden.batch(); i++) {
      int[] answer = answer(i);
      boolean[] given = given(i);
      int[] question = new int[golden.cells()];
      for (int cell = 0; cell < question.length; cell++) {
        question[cell] = given[cell] ? answer[cell] : DeductionCells.OPEN;
      }
      slots.add(rules.resume(i, question, answer, 0, row("state", i)));
    }
    return slots;
  }

  private void losses(Backend backend) {
    Map<String, Number> loops = Map.of("loops", golden.loops());
    TaskProgram task = DeductionTask.of(Trm.standard().program("deduction", loops), config);
    DeductionCells domain = new DeductionCells(golden.cells(), golden.values());
    TaskRules rules = Objects.requireNonNull(TaskRules.of(task, config, domain));
    List<TaskSlot> slots = slots(rules);
    int batch = golden.batch();
    double total = 0;
    try (TrainingSession session = backend.train(plan(), new ParameterSet(Map.of()), batch)) {
      for (int i = 0; i < batch; i++) {
        session.start(i, new int[golden.cells()], new int[golden.cells()], 0, i);
        for (String name : names()) {
          session.feed(i, "logits." + name, row("logits." + name, i));
        }
      }
      rules.feedTargets(session, slots, rules.counts(slots), batch);
      session.step(new boolean[batch], 1f / batch);
      for (String name : names()) {
        double error = 0;
        for (int i = 0; i < batch; i++) {
          float[] expected = row("gradient." + name, i);
          float[] found = new float[expected.length];
          session.read("gradient." + name, i, found);
          for (int at = 0; at < found.length; at++) {
            double size = Math.abs(expected[at]) + SMALL;
            // Math.max keeps NaN, which must not be hidden.
            error = Math.max(error, Math.abs((double) found[at] - expected[at]) / size);
          }
          float[] loss = new float[1];
          session.read("loss." + name, i, loss);
          total += (double) loss[0] / batch / golden.loops();
        }
        checks.add(new ParityCheck("gradient." + name, error, GRADIENT));
      }
    }
    checks.add(new ParityCheck("loss", Math.abs(total - values.get("loss").get(0)), LOSS));
  }

  /** The terms of every loop. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int loop = 0; loop < golden.loops(); loop++) {
      for (Objective.Term term : DeductionTask.terms()) {
        names.add("%s.%s".formatted(loop, term.name()));
      }
    }
    return names;
  }

  /** Counts what the rule does otherwise; which open cell it decides is drawn. */
  private void rule() {
    String last = "logits.%s.".formatted(golden.loops() - 1);
    int states = 0;
    int verdicts = 0;
    int decisions = 0;
    int decided = 0;
    for (int i = 0; i < golden.batch(); i++) {
      float[] state = row("state", i);
      DeductionRule.Result result =
          DeductionRule.PUBLISHED.apply(
              state,
              given(i),
              row(last + DeductionTask.KEEP, i),
              row(last + DeductionTask.VALUE, i),
              row(last + DeductionTask.CONFLICT, i)[0],
              new SplittableRandom(i));
      float[] after = row("rule.after_elimination", i);
      float[] eliminated = row("rule.eliminated", i);
      for (int at = 0; at < state.length; at++) {
        boolean same =
            result.eliminated()[at] == after[at]
                && state[at] - result.eliminated()[at] == eliminated[at];
        states += same ? 0 : 1;
      }
      boolean ended = result.conflict() || result.solved();
      verdicts += result.conflict() == row("rule.conflict", i)[0] > 0 ? 0 : 1;
      verdicts += result.solved() == row("rule.solved", i)[0] > 0 ? 0 : 1;
      verdicts += result.cell() < 0 == ended ? 0 : 1;
      if (result.cell() >= 0) {
        decided++;
        decisions += isDecision(after, result) ? 0 : 1;
      }
    }
    checks.add(new ParityCheck("rule.after_elimination", states, 0));
    checks.add(new ParityCheck("rule.conflict, rule.solved", verdicts, 0));
    checks.add(new ParityCheck("rule.decided of " + decided, decided == 0 ? 1 : decisions, 0));
  }

  /** Whether an open cell has one value afterwards, and the others have what they had. */
  private boolean isDecision(float[] before, DeductionRule.Result result) {
    boolean right =
        possible(before, result.cell()) > 1 && possible(result.decided(), result.cell()) == 1;
    for (int at = 0; at < before.length; at++) {
      boolean elsewhere = at / golden.values() != result.cell();
      right &= result.decided()[at] <= before[at];
      right &= !elsewhere || result.decided()[at] == before[at];
    }
    return right;
  }

  private int possible(float[] state, int cell) {
    int count = 0;
    for (int i = 0; i < golden.values(); i++) {
      count += state[cell * golden.values() + i] > 0 ? 1 : 0;
    }
    return count;
  }
}
