package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * Gradient of {@link Embed}: adds {@code scale * outputGradient} rows to the gradients of the token
 * table, of the position table and of the sequence's own puzzle embedding row.
 *
 * @param outputGradient [L, D]
 * @param tokenTable [V, D]
 * @param puzzleTable [identifiers, puzzleEmbDim], or null
 * @param positionTable [L, D], or null
 * @param scale as in {@link Embed}
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record EmbedBackward(
    Buffer outputGradient,
    ParameterSpec tokenTable,
    @Nullable ParameterSpec puzzleTable,
    @Nullable ParameterSpec positionTable,
    float scale)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of(outputGradient);
  }

  @Override
  public List<Buffer> writes() {
    return List.of();
  }

  @Override
  public List<ParameterSpec> parameters() {
    return new Embed(outputGradient, tokenTable, puzzleTable, positionTable, scale).parameters();
  }

  @Override
  public String toString() {
    return "embed gradients += %s * %s".formatted(outputGradient, scale);
  }
}
