package org.trm4j.plan.buffer;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.model.ParameterSpec;
import org.trm4j.model.Shape;

/**
 * The buffer of a latent state, and what it holds when a sequence starts: a fixed vector at every
 * position, or a draw of {@link org.trm4j.plan.GaussianNoise#truncated} for every element (draw 0
 * of the sequence's key).
 *
 * @param buffer [L, D]
 * @param stored the vector [D]; null if the start is drawn
 * @param std standard deviation of the drawn start; 0 if it is stored
 * @param constant whether the program only reads it
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public record StateBuffer(
    Buffer buffer, @Nullable ParameterSpec stored, double std, boolean constant) {
  /** Checks that there is one start. */
  public StateBuffer {
    if ((stored == null) == (std == 0)) {
      throw new IllegalArgumentException(
          "state %s: starts as %s with std %s, expected one of the two"
              .formatted(buffer.name(), stored, std));
    }
  }

  /** Returns a state that starts as a fixed vector. */
  public static StateBuffer stored(Buffer buffer, ParameterSpec vector, boolean constant) {
    return new StateBuffer(buffer, vector, 0, constant);
  }

  /** Returns the buffer's name. */
  public String name() {
    return buffer.name();
  }

  /** Returns the buffer's shape. */
  public Shape shape() {
    return buffer.shape();
  }
}
