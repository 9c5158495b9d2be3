package org.trm4j.recursion;

import org.apiguardian.api.API;

/** What a latent state is when a sequence starts. */
@API(status = API.Status.MAINTAINED, since = "0.2.0")
public sealed interface StateStart {

  /**
   * Every position starts as one fixed vector.
   *
   * @param parameter name of the vector [D], such as {@code H_init}
   */
  record Stored(String parameter) implements StateStart {
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
  record TruncatedNormal(double std) implements StateStart {
    @Override
    public String toString() {
      return "a truncated normal of standard deviation " + std;
    }
  }
}
