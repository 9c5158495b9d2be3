package org.trm4j.backend.tornado.task;

import org.trm4j.backend.tornado.program.TaskContext;
import org.trm4j.backend.tornado.program.Tasks;
import org.trm4j.plan.Assemble;
import org.trm4j.plan.AssembleBackward;
import org.trm4j.plan.Embed;
import org.trm4j.plan.EmbedBackward;
import org.trm4j.plan.Linear;
import org.trm4j.plan.LinearBackward;
import org.trm4j.plan.Loss;
import org.trm4j.plan.MixState;
import org.trm4j.plan.Operation;
import org.trm4j.plan.OutputHeads;
import org.trm4j.plan.OutputHeadsBackward;
import org.trm4j.plan.Scale;
import org.trm4j.plan.SelfAttention;
import org.trm4j.plan.SelfAttentionBackward;
import org.trm4j.plan.Sum;
import org.trm4j.plan.SwiGlu;
import org.trm4j.plan.SwiGluBackward;
import org.trm4j.plan.TermLoss;
import org.trm4j.plan.TokenSwiGlu;
import org.trm4j.plan.TokenSwiGluBackward;

/** Which kernels run which operation. */
public final class OperationTasks {
  private OperationTasks() {}

  /** Adds the kernels of an operation. */
  public static void add(Operation operation, TaskContext l, Tasks t) {
    switch (operation) {
      case Embed op -> EmbedTasks.forward(op, l, t);
      case Sum op -> EmbedTasks.sum(op, l, t);
      case Linear op -> LinearTasks.forward(op, l, t);
      case LinearBackward op -> LinearTasks.backward(op, l, t);
      case Assemble op -> AssembleTasks.forward(op, l, t);
      case AssembleBackward op -> AssembleTasks.backward(op, l, t);
      case TermLoss op -> TermLossTasks.loss(op, l, t);
      case MixState op -> StateTasks.mix(op, l, t);
      case Scale op -> StateTasks.scale(op, l, t);
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
