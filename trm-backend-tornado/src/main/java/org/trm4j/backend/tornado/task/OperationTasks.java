package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.operation.Assemble;
import org.trm4j.plan.operation.Embed;
import org.trm4j.plan.operation.GridConvolution;
import org.trm4j.plan.operation.Linear;
import org.trm4j.plan.operation.Loss;
import org.trm4j.plan.operation.MixState;
import org.trm4j.plan.operation.Operation;
import org.trm4j.plan.operation.OutputHeads;
import org.trm4j.plan.operation.Scale;
import org.trm4j.plan.operation.SelfAttention;
import org.trm4j.plan.operation.Sum;
import org.trm4j.plan.operation.SwiGlu;
import org.trm4j.plan.operation.TermLoss;
import org.trm4j.plan.operation.TermLoss.ExactTarget;
import org.trm4j.plan.operation.TermLoss.NextStepTarget;
import org.trm4j.plan.operation.TokenSwiGlu;

/** Chooses the kernels that run an operation. */
public final class OperationTasks {
  private OperationTasks() {}

  /** Adds the kernels of an operation. */
  public static void add(Operation operation, TaskContext l, Tasks t) {
    switch (operation) {
      case Embed op -> EmbedTasks.forward(op, l, t);
      case Sum op -> EmbedTasks.sum(op, l, t);
      case Linear op -> LinearTasks.forward(op, l, t);
      case Linear.Backward op -> LinearTasks.backward(op, l, t);
      case Assemble op -> AssembleTasks.forward(op, l, t);
      case Assemble.Backward op -> AssembleTasks.backward(op, l, t);
      case TermLoss op -> TermLossTasks.loss(op, l, t);
      case ExactTarget op -> TargetTasks.exact(op, l, t);
      case NextStepTarget op -> TargetTasks.nextStep(op, l, t);
      case MixState op -> StateTasks.mix(op, l, t);
      case Scale op -> StateTasks.scale(op, l, t);
      case SelfAttention op -> AttentionTasks.forward(op, l, t);
      case TokenSwiGlu op -> TokenSwiGluTasks.forward(op, l, t);
      case GridConvolution op -> ConvolutionTasks.forward(op, l, t);
      case SwiGlu op -> SwiGluTasks.forward(op, l, t);
      case OutputHeads op -> HeadTasks.forward(op, l, t);
      case Loss op -> HeadTasks.loss(op, l, t);
      case OutputHeads.Backward op -> HeadTasks.backward(op, l, t);
      case SwiGlu.Backward op -> SwiGluTasks.backward(op, l, t);
      case TokenSwiGlu.Backward op -> TokenSwiGluTasks.backward(op, l, t);
      case GridConvolution.Backward op -> ConvolutionTasks.backward(op, l, t);
      case SelfAttention.Backward op -> AttentionTasks.backward(op, l, t);
      case Embed.Backward op -> EmbedTasks.backward(op, l, t);
    }
  }
}
