package org.trm4j.plan.operation;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A self-attention sublayer with its post-norm. {@code [q; k; v] = W_qkv h} for each position,
 * heads of size Dh = D / H one after the other in each; q and k are rotated where {@code rotaryBase
 * > 0}; {@code attended = softmax(q k^T / sqrt(Dh)) v} over all L positions, for each head; {@code
 * u = h + W_o attended}; {@code output = u * rsqrt(mean over D of u^2 + epsilon)}.
 *
 * <p>Rotary embedding, half-split form: for i &lt; Dh/2 and position p, with {@code t = p *
 * rotaryBase^(-2i/Dh)}, {@code (a, b) = (v[i], v[i + Dh/2])} becomes {@code (a cos t - b sin t, b
 * cos t + a sin t)}.
 *
 * @param input h, [L, D]
 * @param output [L, D]
 * @param saved what the gradient needs; null if none is needed
 * @param qkv [3 x D, D]
 * @param out W_o, [D, D]
 * @param heads H
 * @param rotaryBase 0 for no rotation
 * @param epsilon of the norm
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record SelfAttention(
    Buffer input,
    Buffer output,
    @Nullable Saved saved,
    ParameterSpec qkv,
    ParameterSpec out,
    int heads,
    double rotaryBase,
    float epsilon)
    implements Operation {

  /**
   * What the gradient needs besides input and output.
   *
   * @param inverseRms [L], the norm's factor of each position
   * @param attended [L, D], the input of W_o
   * @param logSumExp [H, L], the logarithm of the softmax denominator of each head and query
   *     position
   */
  public record Saved(Buffer inverseRms, Buffer attended, Buffer logSumExp) {}

  @Override
  public List<Buffer> reads() {
    return List.of(input);
  }

  @Override
  public List<Buffer> writes() {
    List<Buffer> list = new ArrayList<>(List.of(output));
    if (saved != null) {
      list.addAll(List.of(saved.inverseRms(), saved.attended(), saved.logSumExp()));
    }
    return list;
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of(qkv, out);
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null && saved != null) {
      Buffer inputGradient = tape.fresh(input);
      tape.append(
          new Backward(
              input, output, saved, outputGradient, inputGradient, qkv, out, heads, rotaryBase));
      tape.accumulate(input, inputGradient);
    }
  }

  @Override
  public String toString() {
    return "%s = rmsNorm(%s + attention(%s; %s, %s heads%s))"
        .formatted(
            output,
            input.name(),
            input.name(),
            qkv.name(),
            heads,
            rotaryBase > 0 ? ", rotary" : "");
  }

  /**
   * Gradient of {@link SelfAttention}: overwrites {@code inputGradient} and adds to the gradients
   * of its two weights. q, k, v and the attention weights are computed again from the input and
   * {@code logSumExp}.
   *
   * @param input h, [L, D]
   * @param output the forward output, [L, D]
   * @param saved what the forward operation kept
   * @param outputGradient [L, D]
   * @param inputGradient [L, D]
   * @param qkv [3 x D, D]
   * @param out [D, D]
   * @param heads H
   * @param rotaryBase 0 for no rotation
   */
  public record Backward(
      Buffer input,
      Buffer output,
      SelfAttention.Saved saved,
      Buffer outputGradient,
      Buffer inputGradient,
      ParameterSpec qkv,
      ParameterSpec out,
      int heads,
      double rotaryBase)
      implements Operation {

    @Override
    public List<Buffer> reads() {
      return List.of(
          input, output, saved.inverseRms(), saved.attended(), saved.logSumExp(), outputGradient);
    }

    @Override
    public List<Buffer> writes() {
      return List.of(inputGradient);
    }

    @Override
    public List<ParameterSpec> parameters() {
      return List.of(qkv, out);
    }

    @Override
    public String toString() {
      return "%s = attentionBackward(%s, %s; %s)"
          .formatted(inputGradient, input.name(), outputGradient.name(), qkv.name());
    }
  }
}
