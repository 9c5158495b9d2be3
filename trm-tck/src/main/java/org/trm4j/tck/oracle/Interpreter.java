package org.trm4j.tck.oracle;

import java.util.List;
import org.trm4j.plan.GaussianNoise;
import org.trm4j.plan.buffer.Buffer;
import org.trm4j.plan.operation.Assemble;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.PlanNode;
import org.trm4j.plan.operation.Scale;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.Sum;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.plan.operation.TermLoss.ExactTarget;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;
import org.trm4j.plan.operation.TokenSwiGlu;

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
      case MixState op -> mix(op, workspace);
      case Scale op -> scale(op, workspace);
      case SelfAttention op -> SelfAttentionOracle.forward(op, workspace);
      case TokenSwiGlu op -> SwiGluOracle.forward(op, workspace);
      case GridConvolution op -> GridConvolutionOracle.forward(op, workspace);
      case SwiGlu op -> SwiGluOracle.forward(op, workspace);
      case Linear op -> TaskOracle.linear(op, workspace);
      case Linear.Backward op -> TaskOracle.linearBackward(op, workspace);
      case Assemble op -> TaskOracle.assemble(op, workspace);
      case Assemble.Backward op -> TaskOracle.assembleBackward(op, workspace);
      case TermLoss op -> TaskOracle.loss(op, workspace);
      case ExactTarget op -> TaskOracle.exact(op, workspace);
      case NextStepTarget op -> TaskOracle.nextStep(op, workspace);
      case OutputHeads op -> OutputHeadsOracle.forward(op, workspace);
      case Loss op -> LossOracle.run(op, workspace);
      case OutputHeads.Backward op -> OutputHeadsOracle.backward(op, workspace);
      case SwiGlu.Backward op -> SwiGluOracle.backward(op, workspace);
      case TokenSwiGlu.Backward op -> SwiGluOracle.backward(op, workspace);
      case GridConvolution.Backward op -> GridConvolutionOracle.backward(op, workspace);
      case SelfAttention.Backward op -> SelfAttentionOracle.backward(op, workspace);
      case Embed.Backward op -> EmbedOracle.backward(op, workspace);
    }
  }

  private static void mix(MixState op, Workspace workspace) {
    double[] state = workspace.read(op.state());
    double[] update = workspace.read(op.update());
    double[] mixed = new double[state.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = op.kept() * state[i] + op.lambda() * update[i];
    }
    if (op.sigma() != 0) {
      long stream = workspace.nextDraw(op.index());
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += op.sigma() * (double) GaussianNoise.value(stream, i);
      }
    }
    workspace.write(op.output(), mixed);
  }

  private static void scale(Scale op, Workspace workspace) {
    double[] scaled = workspace.read(op.input()).clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= op.factor();
    }
    workspace.write(op.output(), scaled);
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
