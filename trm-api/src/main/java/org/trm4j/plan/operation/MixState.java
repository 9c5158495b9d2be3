package org.trm4j.plan.operation;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;
import org.trm4j.plan.buffer.Buffer;

/**
 * A damped update of a latent state: {@code output = (1 - lambda) state + lambda update + sigma
 * normal}, by elements. With sigma more than 0 it is a noisy update: the sequence's count of draws
 * goes up by one, and element i's normal is {@link org.trm4j.plan.GaussianNoise#value} of {@code
 * stream(key, count, index)} and i.
 *
 * @param state [L, D]
 * @param update [L, D]
 * @param output [L, D]; may be the state itself
 * @param lambda more than 0 and at most 1
 * @param sigma 0 for no noise
 * @param index of the latent state, in the plan's order
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record MixState(
    Buffer state, Buffer update, Buffer output, float lambda, float sigma, int index)
    implements Operation {

  /** Returns the share of the state that stays. */
  public float kept() {
    return 1 - lambda;
  }

  @Override
  public List<Buffer> reads() {
    return List.of(state, update);
  }

  @Override
  public List<Buffer> writes() {
    return List.of(output);
  }

  @Override
  public List<ParameterSpec> parameters() {
    return List.of();
  }

  @Override
  public void differentiate(GradientTape tape) {
    Buffer outputGradient = tape.gradient(output);
    if (outputGradient != null) {
      part(tape, state, outputGradient, kept());
      part(tape, update, outputGradient, lambda);
    }
  }

  private static void part(GradientTape tape, Buffer input, Buffer outputGradient, float factor) {
    if (factor == 1) {
      tape.accumulate(input, outputGradient);
    } else if (factor != 0 && tape.follows(input)) {
      Buffer gradient = tape.fresh(input);
      tape.append(new Scale(outputGradient, gradient, factor));
      tape.accumulate(input, gradient);
    }
  }

  @Override
  public String toString() {
    String noise = sigma == 0 ? "" : " + %s normal".formatted(sigma);
    return "%s = %s %s + %s %s%s"
        .formatted(output, kept(), state.name(), lambda, update.name(), noise);
  }
}
