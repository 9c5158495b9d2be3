package org.trm4j.backend.tornado;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Loss;
import org.trm4j.plan.MixState;
import org.trm4j.plan.Operation;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;
import org.trm4j.plan.PlanNode;
import org.trm4j.plan.Scale;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;
import org.trm4j.plan.Sum;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/** A plan's nodes as launches of task graphs; operations that differ only in operands share one. */
final class Program {
  private final Lowered lowered;
  private final DeviceArrays arrays;
  private final int places;
  private final Map<Object, Kind> kinds = new LinkedHashMap<>();
  final List<Step> steps;

  /** What is run, in order. */
  sealed interface Step {}

  /** A graph's launch with operands. */
  record Launch(Kind kind, List<Place> operands) implements Step {}

  /** Steps that are repeated. */
  record Loop(int times, List<Step> body) implements Step {}

  /** Kernels that share a graph. */
  record Kind(int number, Tasks tasks) {}

  Program(List<PlanNode> nodes, Lowered lowered, DeviceArrays arrays, int places) {
    this.lowered = lowered;
    this.arrays = arrays;
    this.places = places;
    this.steps = steps(nodes);
  }

  /** Returns the kernels of all graphs, in the order of their numbers. */
  List<Kind> kinds() {
    return List.copyOf(kinds.values());
  }

  private List<Step> steps(List<PlanNode> nodes) {
    List<Step> steps = new ArrayList<>();
    for (PlanNode node : nodes) {
      steps.add(
          switch (node) {
            case PlanNode.Repeat repeat -> new Loop(repeat.times(), steps(repeat.body()));
            case Operation operation -> launch(operation);
          });
    }
    return List.copyOf(steps);
  }

  private Launch launch(Operation operation) {
    Tasks tasks = new Tasks(arrays, places, lowered.allocation().size());
    lower(operation, lowered, tasks);
    Kind kind = kinds.computeIfAbsent(tasks.key(), key -> new Kind(kinds.size(), tasks));
    return new Launch(kind, List.copyOf(tasks.operands));
  }

  private static BackendException unsupported(Operation operation) {
    return new BackendException(
        "backend %s: cannot run %s; a CPU backend can"
            .formatted(TornadoProvider.ID, operation));
  }

  static void lower(Operation operation, Lowered l, Tasks t) {
    switch (operation) {
      case Embed op -> EmbedTasks.forward(op, l, t);
      case Sum op -> EmbedTasks.sum(op, l, t);
      case MixState op -> throw unsupported(op);
      case Scale op -> throw unsupported(op);
      case SelfAttention op -> AttentionTasks.forward(op, l, t);
      case TokenSwiGlu op -> TokenSwiGluTasks.forward(op, l, t);
      case SwiGlu op -> SwiGluTasks.forward(op, l, t);
      case OutputHeads op -> HeadTasks.forward(op, l, t);
      case Loss op -> HeadTasks.loss(op, l, t);
      case OutputHeadsBackward op -> HeadTasks.backward(op, l, t);
      case SwiGluBackward op -> SwiGluTasks.backward(op, l, t);
      case TokenSwiGluBackward op -> TokenSwiGluTasks.backward(op, l, t);
      case SelfAttentionBackward op -> AttentionTasks.backward(op, l, t);
      case EmbedBackward op -> EmbedTasks.backward(op, l, t);
    }
  }
}
