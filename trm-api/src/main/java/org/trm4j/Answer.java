package org.trm4j;

import java.util.List;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;

/**
 * A model's answer to one puzzle.
 *
 * @param question [S] tokens
 * @param tokens [S], the answer
 * @param text the answer in the puzzle domain's compact form; empty for a model without a domain
 * @param verification whether the puzzle's own rules say that it is right
 * @param confidence sigmoid(q_halt) at the last step
 * @param steps supervision steps used
 * @param drafts the draft after every step, in order; empty where they were not kept
 * @param rollout which try gave the answer; 0 for the one without noise
 * @param totalSteps supervision steps of all tries together
 */
@API(status = API.Status.STABLE, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
public record Answer(
    int[] question,
    int[] tokens,
    String text,
    Verification verification,
    double confidence,
    int steps,
    List<Draft> drafts,
    int rollout,
    int totalSteps) {
  /** Copies the list. */
  public Answer {
    drafts = List.copyOf(drafts);
  }

  Answer withTotalSteps(int total) {
    return new Answer(
        question, tokens, text, verification, confidence, steps, drafts, rollout, total);
  }

  /** Returns whether the answer was checked by the puzzle's rules and is right. */
  public boolean verified() {
    return verification.correct();
  }
}
