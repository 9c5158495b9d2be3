package org.trm4j.plan.lower;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trm4j.model.ModelConfig;
import org.trm4j.model.Shape;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.plan.operation.TermLoss.ExactTarget;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;
import org.trm4j.task.Objective;

/** Makes the heads and losses of a task, once for each time that a step supervises. */
final class Supervision {
  private final Objective.Terms objective;
  private final ModelConfig config;
  private final Layers layers;
  private final int total;
  private final List<PlanNode> late = new ArrayList<>();
  private int done;

  /**
   * Takes a task's heads and terms.
   *
   * @param total how often a supervision step supervises, at least once
   */
  Supervision(Objective.Terms objective, int total, ModelConfig config, Layers layers) {
    this.objective = objective;
    this.total = total;
    this.config = config;
    this.layers = layers;
  }

  /**
   * Returns what the host hands over for each term: its target, or the classes that it follows
   * from, and its rows' weights.
   */
  List<Buffer> inputs() {
    List<Buffer> inputs = new ArrayList<>();
    objective
        .terms()
        .forEach(term -> {
          if (term.isFed()) {
            inputs.add(target(term));
          }
          inputs.add(weight(term));
        });
    return inputs;
  }

  /** Returns the logits of each head, of the last supervision. */
  List<Buffer> outputs() {
    return objective.heads().stream().map(head -> logits(head, total - 1)).toList();
  }

  /** Returns the loss of each term, of the last supervision. */
  List<Buffer> losses() {
    return objective.terms().stream().map(term -> loss(term, total - 1)).toList();
  }

  /** Returns the output of that name, or an empty one. */
  Buffer output(String name, long... emptyShape) {
    return outputs().stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElse(new Buffer(name, Shape.of(emptyShape), Buffer.Role.OUTPUT));
  }

  /** Returns the heads of a step without gradient. */
  List<Operation> heads(Map<String, Buffer> environment) {
    return heads(environment, total - 1);
  }

  /**
   * Appends heads and losses, and each loss's logits with their gradient to {@code seeds}.
   *
   * @param nodes takes all
   * @param recorded takes what is differentiated
   */
  void supervise(
      Map<String, Buffer> environment,
      List<PlanNode> nodes,
      List<Operation> recorded,
      List<Map.Entry<Buffer, Buffer>> seeds) {
    int index = done++;
    List<Operation> heads = heads(environment, index);
    nodes.addAll(heads);
    recorded.addAll(heads);
    for (Objective.Term term : objective.terms()) {
      Buffer logits = logits(objective.head(term.head()), index);
      Buffer gradient =
          new Buffer(
              "d(%s@%s)".formatted(term.name(), index), logits.shape(), Buffer.Role.TEMPORARY);
      Buffer target =
          switch (term.target()) {
            case Objective.Term.Target.Given given -> target(term);
            case Objective.Term.Target.NextStep next -> made(term, 0);
            case Objective.Term.Target.Exact exact -> {
              Buffer made = made(term, index);
              nodes.add(
                  new ExactTarget(logits(objective.head(exact.head()), index), target(term), made));
              yield made;
            }
          };
      (term.isFed() ? nodes : late)
          .add(
              new TermLoss(
                  term.kind(),
                  logits,
                  target,
                  weight(term),
                  gradient,
                  loss(term, index),
                  (float) term.positive(),
                  (float) term.negative(),
                  1f / total));
      seeds.add(Map.entry(logits, gradient));
    }
  }

  /** Returns whether a target follows from a further step. */
  boolean looksAhead() {
    return !objective.terms().stream().allMatch(Objective.Term::isFed);
  }

  /** Returns the targets that follow from a further step, and their losses. */
  List<PlanNode> further(Map<String, Buffer> environment) {
    List<PlanNode> nodes = new ArrayList<>();
    for (Objective.Term term : objective.terms()) {
      if (term.target()
          instanceof Objective.Term.Target.NextStep(List<String> heads, String last)) {
        List<Buffer> logits = heads.stream().map(name -> read(name, environment, nodes)).toList();
        nodes.add(new NextStepTarget(logits, read(last, environment, nodes), made(term, 0)));
      }
    }
    nodes.addAll(late);
    return nodes;
  }

  /** Reads a head of the further step, unless that has been done. */
  private Buffer read(String name, Map<String, Buffer> environment, List<PlanNode> nodes) {
    Buffer logits = new Buffer("next." + name, Shape.of(1, 1), Buffer.Role.TEMPORARY);
    Linear head = head(objective.head(name), environment, logits);
    if (!nodes.contains(head)) {
      nodes.add(head);
    }
    return logits;
  }

  /** The target of a term that the host does not hand over. */
  private static Buffer made(Objective.Term term, int index) {
    return new Buffer(
        "target(%s@%s)".formatted(term.name(), index), Shape.of(1), Buffer.Role.TEMPORARY);
  }

  private List<Operation> heads(Map<String, Buffer> environment, int index) {
    List<Operation> heads = new ArrayList<>();
    for (Objective.Head head : objective.heads()) {
      heads.add(head(head, environment, logits(head, index)));
    }
    return heads;
  }

  private Linear head(Objective.Head head, Map<String, Buffer> environment, Buffer logits) {
    return new Linear(
        Objects.requireNonNull(environment.get(head.state()), head.state()),
        logits,
        layers.find(head.weight()),
        layers.find(head.biasName()),
        head.rows() == Objective.Head.Rows.FIRST ? 0 : config.length() - config.seqLen(),
        head.rows() == Objective.Head.Rows.MEAN);
  }

  private Buffer logits(Objective.Head head, int index) {
    return made(head.name(), index, rows(head), head.width());
  }

  private Buffer loss(Objective.Term term, int index) {
    return made(term.lossOutput(), index, 1);
  }

  /** The last supervision's values are read by the host. */
  private Buffer made(String name, int index, long... shape) {
    boolean last = index == total - 1;
    return new Buffer(
        last ? name : name + "@" + index,
        Shape.of(shape),
        last ? Buffer.Role.OUTPUT : Buffer.Role.TEMPORARY);
  }

  private Buffer target(Objective.Term term) {
    Objective.Head head =
        objective.head(
            term.target() instanceof Objective.Term.Target.Exact(String compared, String name)
                ? compared
                : term.head());
    long rows = rows(head);
    return new Buffer(
        term.targetInput(),
        term.kind() == Objective.Term.LossKind.BINARY
                && term.target() instanceof Objective.Term.Target.Given
            ? Shape.of(rows, head.width())
            : Shape.of(rows),
        Buffer.Role.INPUT);
  }

  private Buffer weight(Objective.Term term) {
    return new Buffer(
        term.weightInput(), Shape.of(rows(objective.head(term.head()))), Buffer.Role.INPUT);
  }

  private long rows(Objective.Head head) {
    return head.rows() == Objective.Head.Rows.CELLS ? config.seqLen() : 1;
  }
}
