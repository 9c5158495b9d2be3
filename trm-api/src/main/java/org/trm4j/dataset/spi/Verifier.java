package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/** Checks an answer by the rules of the puzzle alone, without knowing the solution. Stateless. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Verifier {

  /**
   * Checks an answer.
   *
   * @param question [S] tokens
   * @param answer [S] tokens, any values
   */
  Verification verify(int[] question, int[] answer);

  /**
   * Returns whether it knows all rules. If not, it finds some wrong answers, and of all others says
   * that they are {@link Verification.Outcome#UNVERIFIABLE}.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  default boolean complete() {
    return true;
  }
}
