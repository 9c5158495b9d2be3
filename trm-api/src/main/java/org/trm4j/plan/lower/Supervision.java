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
import org.trm4j.task.Objective;

/** Makes the heads and losses of a task, once for each time that a step supervises. */
final class Supervision {
  private final Objective.Terms objective;
  private final ModelConfig config;
  private final Layers layers;
  private final int total;
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

  /** Returns what the host hands over for each term: its target and its rows' weights. */
  List<Buffer> inputs() {
    List<Buffer> inputs = new ArrayList<>();
    objective
        .terms()
        .forEach(term -> {
          inputs.add(target(term));
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
      nodes.add(
          new TermLoss(
              term.kind(),
              logits,
              target(term),
              weight(term),
              gradient,
              loss(term, index),
              (float) term.positive(),
              (float) term.negative(),
              1f / total));
      seeds.add(Map.entry(logits, gradient));
    }
  }

  private List<Operation> heads(Map<String, Buffer> environment, int index) {
    List<Operation> heads = new ArrayList<>();
    for (Objective.Head head : objective.heads()) {
      heads.add(
          new Linear(
              Objects.requireNonNull(environment.get(head.state()), head.state()),
              logits(head, index),
              layers.find(head.weight()),
              layers.find(head.biasName()),
              head.rows() == Objective.Head.Rows.FIRST ? 0 : config.length() - config.seqLen(),
              head.rows() == Objective.Head.Rows.MEAN));
    }
    return heads;
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
    Objective.Head head = objective.head(term.head());
    long rows = rows(head);
    return new Buffer(
        term.targetInput(),
        term.kind() == Objective.Term.LossKind.BINARY
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
