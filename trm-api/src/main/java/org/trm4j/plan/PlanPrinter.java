package org.trm4j.plan;

import java.util.List;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.PlanNode;

/** Prints a plan as indented lines. */
final class PlanPrinter {
  private PlanPrinter() {}

  static String print(Plan plan) {
    StringBuilder out = new StringBuilder("plan of ").append(plan.name()).append('\n');
    plan.inputs().forEach(input -> out.append("input ").append(input).append('\n'));
    out.append("inference\n");
    nodes(plan.inference(), "  ", out);
    out.append("training\n");
    nodes(plan.training(), "  ", out);
    return out.toString();
  }

  private static void nodes(List<PlanNode> nodes, String indent, StringBuilder out) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> {
          out.append(indent).append(repeat.times()).append(" x {\n");
          nodes(repeat.body(), indent + "  ", out);
          out.append(indent).append("}\n");
        }
        case Operation operation -> out.append(indent).append(operation).append('\n');
      }
    }
  }
}
