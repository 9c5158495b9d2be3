package org.trm4j.recursion;

import org.apiguardian.api.API;

/**
 * A latent state [L, D] of each puzzle, which a program keeps from one supervision step to the next
 * unless it says otherwise.
 *
 * @param name as in published checkpoints: {@code z_H} is the draft answer y, {@code z_L} the
 *     scratchpad z
 * @param start what it is at first
 * @param constant whether the program declares that it only reads the state
 * @param kept whether a supervision step begins with what the one before made; if not, every step
 *     begins with {@code start}, whose draw is that of the sequence
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public record LatentState(String name, Start start, boolean constant, boolean kept) {
  /** A state that is kept between supervision steps. */
  public LatentState(String name, Start start, boolean constant) {
    this(name, start, constant, true);
  }

  /** What a latent state is when a sequence starts. */
  public sealed interface Start {

    /**
     * Every position starts as one fixed vector.
     *
     * @param parameter name of the vector [D], such as {@code H_init}
     */
    record Stored(String parameter) implements Start {
      @Override
      public String toString() {
        return parameter;
      }
    }

    /**
     * Every element is drawn anew for each sequence; see {@link org.trm4j.plan.GaussianNoise}.
     *
     * @param std standard deviation after the cut at two of the underlying normal's, more than 0
     */
    record TruncatedNormal(double std) implements Start {
      @Override
      public String toString() {
        return "a truncated normal of standard deviation " + std;
      }
    }

    /**
     * The embedded input {@code x}, through which the gradient reaches the embedding. Only for
     * states that start anew at every supervision step.
     */
    record Input() implements Start {
      @Override
      public String toString() {
        return RecursionProgram.INPUT;
      }
    }
  }
}
