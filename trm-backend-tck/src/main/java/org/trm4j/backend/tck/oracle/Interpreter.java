package org.trm4j.backend.tck.oracle;

import java.util.List;
import org.trm4j.plan.Buffer;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Loss;
import org.trm4j.plan.Operation;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;
import org.trm4j.plan.PlanNode;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;
import org.trm4j.plan.Sum;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/** Runs the nodes of a plan, one after the other, for one sequence. */
final class Interpreter {
  private Interpreter() {}

  static void run(List<PlanNode> nodes, Workspace workspace) {
    for (PlanNode node : nodes) {
      switch (node) {
        case PlanNode.Repeat repeat -> {
          for (int i = 0; i < repeat.times(); i++) {
            run(repeat.body(), workspace);
          }
        }
        case Operation operation -> run(operation, workspace);
      }
    }
  }

  static void run(Operation operation, Workspace workspace) {
    switch (operation) {
      case Embed op -> EmbedOracle.forward(op, workspace);
      case Sum op -> sum(op, workspace);
      case SelfAttention op -> SelfAttentionOracle.forward(op, workspace);
      case TokenSwiGlu op -> SwiGluOracle.forward(op, workspace);
      case SwiGlu op -> SwiGluOracle.forward(op, workspace);
      case OutputHeads op -> OutputHeadsOracle.forward(op, workspace);
      case Loss op -> LossOracle.run(op, workspace);
      case OutputHeadsBackward op -> OutputHeadsOracle.backward(op, workspace);
      case SwiGluBackward op -> SwiGluOracle.backward(op, workspace);
      case TokenSwiGluBackward op -> SwiGluOracle.backward(op, workspace);
      case SelfAttentionBackward op -> SelfAttentionOracle.backward(op, workspace);
      case EmbedBackward op -> EmbedOracle.backward(op, workspace);
    }
  }

  private static void sum(Sum op, Workspace workspace) {
    double[] total = new double[op.output().shape().intSize()];
    for (Buffer input : op.inputs()) {
      double[] values = workspace.read(input);
      for (int i = 0; i < total.length; i++) {
        total[i] += values[i];
      }
    }
    workspace.write(op.output(), total);
  }
}
