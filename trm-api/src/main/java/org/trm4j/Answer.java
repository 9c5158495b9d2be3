package org.trm4j;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Verification;

/**
 * A model's answer to one puzzle. Immutable: arrays are copied, and equality is by content.
 *
 * @param question [S] tokens
 * @param tokens [S], the answer
 * @param text the answer in the puzzle domain's compact form; empty for a model without a domain
 * @param verification whether the puzzle's own rules say that it is right
 * @param haltLogit q_halt at the last step
 * @param steps supervision steps used
 * @param drafts the draft after every step, in order; empty where they were not kept
 * @param rollout which try gave the answer; 0 for the one without noise
 * @param totalSteps supervision steps of all tries together
 * @param stopped whether an interrupt, a deadline or the caller ended the solve first, so that this
 *     is what was known until then
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out, compared by content
public record Answer(
    int[] question,
    int[] tokens,
    String text,
    Verification verification,
    float haltLogit,
    int steps,
    List<Draft> drafts,
    int rollout,
    long totalSteps,
    boolean stopped) {
  /** Copies the arrays and the list. */
  public Answer {
    question = question.clone();
    tokens = tokens.clone();
    drafts = List.copyOf(drafts);
  }

  /** Returns a copy of the question's tokens. */
  @Override
  public int[] question() {
    return question.clone();
  }

  /** Returns a copy of the answer's tokens. */
  @Override
  public int[] tokens() {
    return tokens.clone();
  }

  Answer of(long allSteps, boolean endedEarly) {
    return new Answer(
        question,
        tokens,
        text,
        verification,
        haltLogit,
        steps,
        drafts,
        rollout,
        allSteps,
        endedEarly);
  }

  /** Returns sigmoid(q_halt) at the last step. */
  public double confidence() {
    return Logit.probability(haltLogit);
  }

  /** Returns whether the answer was checked by the puzzle's rules and is right. */
  public boolean verified() {
    return verification.correct();
  }

  boolean sameTokens(Answer other) {
    return Arrays.equals(tokens, other.tokens);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Answer other
        && Arrays.equals(question, other.question)
        && Arrays.equals(tokens, other.tokens)
        && text.equals(other.text)
        && verification.equals(other.verification)
        && Float.compare(haltLogit, other.haltLogit) == 0
        && steps == other.steps
        && drafts.equals(other.drafts)
        && rollout == other.rollout
        && totalSteps == other.totalSteps
        && stopped == other.stopped;
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        Arrays.hashCode(question),
        Arrays.hashCode(tokens),
        text,
        verification,
        haltLogit,
        steps,
        drafts,
        rollout,
        totalSteps,
        stopped);
  }

  @Override
  public String toString() {
    return "Answer[%s, %s, confidence=%s, steps=%d, totalSteps=%d, rollout=%d%s]"
        .formatted(
            text.isEmpty() ? Arrays.toString(tokens) : text,
            verification,
            confidence(),
            steps,
            totalSteps,
            rollout,
            stopped ? ", stopped" : "");
  }
}
