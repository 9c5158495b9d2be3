package org.trm4j.backend.cpu.operation;

import org.trm4j.backend.cpu.operation.task.AssembleBackwardStep;
import org.trm4j.backend.cpu.operation.task.AssembleStep;
import org.trm4j.backend.cpu.operation.task.ExactTargetStep;
import org.trm4j.backend.cpu.operation.task.LinearBackwardStep;
import org.trm4j.backend.cpu.operation.task.LinearStep;
import org.trm4j.backend.cpu.operation.task.NextStepTargetStep;
import org.trm4j.backend.cpu.operation.task.TermLossStep;
import org.trm4j.backend.cpu.program.Step;
import org.trm4j.backend.cpu.program.StepContext;
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

/** Chooses the step that runs an operation. */
public final class Steps {
  private Steps() {}

  /** Returns the step that runs an operation. */
  public static Step of(Operation operation, StepContext context) {
    return switch (operation) {
      case Embed op -> new EmbedStep(op, context);
      case Sum op -> new SumStep(op, context);
      case MixState op -> new MixStep(op, context);
      case Scale op -> new ScaleStep(op, context);
      case SelfAttention op -> new SelfAttentionStep(op, context);
      case TokenSwiGlu op -> new TokenSwiGluStep(op, context);
      case GridConvolution op -> new GridConvolutionStep(op, context);
      case SwiGlu op -> new SwiGluStep(op, context);
      case OutputHeads op -> new HeadsStep(op, context);
      case Loss op -> new LossStep(op, context);
      case Linear op -> new LinearStep(op, context);
      case Assemble op -> new AssembleStep(op, context);
      case TermLoss op -> new TermLossStep(op, context);
      case ExactTarget op -> new ExactTargetStep(op, context);
      case NextStepTarget op -> new NextStepTargetStep(op, context);
      case Linear.Backward op -> new LinearBackwardStep(op, context);
      case Assemble.Backward op -> new AssembleBackwardStep(op, context);
      case OutputHeads.Backward op -> new HeadsBackwardStep(op, context);
      case SwiGlu.Backward op -> new SwiGluBackwardStep(op, context);
      case TokenSwiGlu.Backward op -> new TokenSwiGluBackwardStep(op, context);
      case GridConvolution.Backward op -> new GridConvolutionBackwardStep(op, context);
      case SelfAttention.Backward op -> new SelfAttentionBackwardStep(op, context);
      case Embed.Backward op -> new EmbedBackwardStep(op, context);
    };
  }
}
