package org.trm4j.backend.tornado.program;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trm4j.backend.tornado.memory.DeviceArrays;
import org.trm4j.backend.tornado.memory.OperandLocation;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;

/** A plan's nodes as launches of task graphs; operations that differ only in operands share one. */
public final class Program {
  private final TaskContext context;
  private final TaskFactory factory;
  private final DeviceArrays arrays;
  private final int places;
  private final Map<Object, Kind> kinds = new LinkedHashMap<>();
  final List<Step> steps;

  /** The launches and loops, in order. */
  sealed interface Step {}

  /** A graph's launch with operands. */
  record Launch(Kind kind, List<OperandLocation> operands) implements Step {}

  /** Steps that are repeated. */
  record Loop(int times, List<Step> body) implements Step {}

  /** Kernels that share a graph. */
  record Kind(int number, Tasks tasks) {}

  public Program(
      List<PlanNode> nodes,
      TaskContext context,
      TaskFactory factory,
      DeviceArrays arrays,
      int places) {
    this.factory = factory;
    this.context = context;
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
    Tasks tasks = new Tasks(arrays, places, context.allocation().size());
    factory.add(operation, context, tasks);
    Kind kind = kinds.computeIfAbsent(tasks.key(), key -> new Kind(kinds.size(), tasks));
    return new Launch(kind, List.copyOf(tasks.operands));
  }
}
