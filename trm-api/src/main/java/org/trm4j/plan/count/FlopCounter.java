package org.trm4j.plan.count;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
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

/**
 * Counts the floating-point operations of matrix products and convolutions, a multiplication and an
 * addition as two: what the mathematics asks for, without what a backend computes again to save
 * memory.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class FlopCounter {
  private FlopCounter() {}

  /** Returns the operations that one sequence takes through the nodes. */
  public static double count(List<PlanNode> nodes) {
    double total = 0;
    for (PlanNode node : nodes) {
      total +=
          switch (node) {
            case PlanNode.Repeat repeat -> repeat.times() * count(repeat.body());
            case Operation operation -> count(operation);
          };
    }
    return total;
  }

  private static double count(Operation operation) {
    return switch (operation) {
      case SwiGlu o -> rows(o.input(), 0) * weights(o);
      case TokenSwiGlu o -> rows(o.input(), 1) * weights(o);
      case GridConvolution o -> rows(o.input(), 0) * weights(o);
      case SelfAttention o -> rows(o.input(), 0) * weights(o) + attention(o.input());
      case OutputHeads o -> 2.0 * o.logits().shape().size() * o.input().shape().dim(1);
      case SwiGlu.Backward o -> 2 * rows(o.input(), 0) * weights(o);
      case TokenSwiGlu.Backward o -> 2 * rows(o.input(), 1) * weights(o);
      case GridConvolution.Backward o -> 2 * rows(o.input(), 0) * weights(o);
      case SelfAttention.Backward o -> 2 * (rows(o.input(), 0) * weights(o) + attention(o.input()));
      case OutputHeads.Backward o ->
          4.0 * o.logitsGradient().shape().size() * o.input().shape().dim(1);
      case Linear o -> o.mean() ? weights(o) : rows(o.output(), 0) * weights(o);
      case Linear.Backward o ->
          2 * (o.mean() ? weights(o) : rows(o.outputGradient(), 0) * weights(o));
      case Assemble o -> 0;
      case Assemble.Backward o -> 0;
      case TermLoss o -> 0;
      case ExactTarget o -> 0;
      case NextStepTarget o -> 0;
      case Embed o -> 0;
      case Embed.Backward o -> 0;
      case Sum o -> 0;
      case MixState o -> 0;
      case Scale o -> 0;
      case Loss o -> 0;
    };
  }

  private static double rows(Buffer buffer, int axis) {
    return buffer.shape().dim(axis);
  }

  private static double weights(Operation operation) {
    return 2.0
        * operation.parameters().stream().map(ParameterSpec::shape).mapToLong(s -> s.size()).sum();
  }

  /** q k^T and the weighted sum of v. */
  private static double attention(Buffer input) {
    return 4.0 * input.shape().dim(0) * input.shape().dim(0) * input.shape().dim(1);
  }
}
