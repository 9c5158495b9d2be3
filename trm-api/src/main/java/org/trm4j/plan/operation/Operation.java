package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A coarse operation on the buffers of one sequence. Writes never alias reads, but for {@link
 * MixState}.
 *
 * <p>Besides buffers, an operation may read what the host supplies for each sequence: tokens,
 * labels, the puzzle identifier, whether this is the last supervision step, and the gradient scale
 * (1 / batch size).
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public sealed interface Operation extends PlanNode
    permits Embed,
        Sum,
        MixState,
        Scale,
        SelfAttention,
        TokenSwiGlu,
        GridConvolution,
        SwiGlu,
        OutputHeads,
        Linear,
        Assemble,
        TermLoss,
        TermLoss.ExactTarget,
        TermLoss.NextStepTarget,
        Linear.Backward,
        Assemble.Backward,
        Loss,
        OutputHeads.Backward,
        SwiGlu.Backward,
        TokenSwiGlu.Backward,
        GridConvolution.Backward,
        SelfAttention.Backward,
        Embed.Backward {

  /** Returns the buffers it reads. */
  List<Buffer> reads();

  /** Returns the buffers it overwrites entirely. */
  List<Buffer> writes();

  /**
   * Returns the parameters it reads, and for a backward operation those whose gradient it adds to.
   */
  List<ParameterSpec> parameters();

  /** Appends the operations that carry the gradient of its outputs to its inputs and parameters. */
  default void differentiate(GradientTape tape) {
    throw new UnsupportedOperationException(
        "plan: "
            + getClass().getName().replaceFirst("^.*[.]", "").replace('$', '.')
            + " is not differentiated: it is a loss, a target or a backward operation");
  }
}
