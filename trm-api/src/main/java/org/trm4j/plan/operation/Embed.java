package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * The input embedding. Row {@code p} of the output is {@code scale * (e_p + positions_p)}, where
 * {@code e_p} is, for p &lt; P, slice p of the puzzle's embedding padded with zeros to P x D, and
 * the embedding of token {@code p - P} after it.
 *
 * @param output [L, D]
 * @param tokenTable [V, D]
 * @param puzzleTable [identifiers, puzzleEmbDim], or null if the model has none (rows p &lt; P are
 *     then zero)
 * @param positionTable [L, D], or null without learned positions
 * @param scale sqrt(D), times 1/sqrt(2) with learned positions (0.707106781 as published)
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record Embed(
    Buffer output,
    ParameterSpec tokenTable,
    @Nullable ParameterSpec puzzleTable,
    @Nullable ParameterSpec positionTable,
    float scale)
    implements Operation {

  @Override
  public List<Buffer> reads() {
    return List.of();
  }

  @Override
  public List<Buffer> writes() {
    return List.of(output);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return Present.of(tokenTable, puzzleTable, positionTable);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null) {
      tape.append(new Backward(outputGradient, tokenTable, puzzleTable, positionTable, scale));
    }
  }

  @Override
  public String toString() {
    return "%s = embed(tokens, puzzle) * %s".formatted(output, scale);
  }

  /**
   * Gradient of {@link Embed}: adds {@code scale * outputGradient} rows to the gradients of the
   * token table, of the position table and of the sequence's own puzzle embedding row.
   *
   * @param outputGradient [L, D]
   * @param tokenTable [V, D]
   * @param puzzleTable [identifiers, puzzleEmbDim], or null
   * @param positionTable [L, D], or null
   * @param scale as in {@link Embed}
   */
  public record Backward(
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
      return Present.of(tokenTable, puzzleTable, positionTable);
    }

    @Override
    public String toString() {
      return "embed gradients += %s * %s".formatted(outputGradient, scale);
    }
  }
}
