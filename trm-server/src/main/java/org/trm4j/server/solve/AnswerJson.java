package org.trm4j.server.solve;

import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Answer;
import org.trm4j.dataset.spi.Verification;

/**
 * An answer.
 *
 * @param puzzle number of the puzzle in the request; 0 for the first
 * @param answer compact form
 * @param verified whether the answer was checked by the puzzle's rules and is right
 * @param verification the verdict: CORRECT, WRONG, or UNVERIFIABLE where there are no rules
 * @param reason what the rules say against it; empty for nothing
 * @param confidence of the halting head; not a verification
 * @param steps supervision steps of the attempt that gave the answer
 * @param totalSteps of all attempts
 * @param attempt number of the attempt that gave the answer; 0 for the first
 * @param drafts after every step of that attempt; null if not asked for
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record AnswerJson(
    int puzzle,
    String answer,
    boolean verified,
    Verification.Outcome verification,
    String reason,
    double confidence,
    int steps,
    long totalSteps,
    int attempt,
    @Nullable List<DraftJson> drafts) {

  static AnswerJson of(int puzzle, Answer answer) {
    return new AnswerJson(
        puzzle,
        answer.text(),
        answer.verified(),
        answer.verification().outcome(),
        answer.reason(),
        answer.confidence(),
        answer.steps(),
        answer.totalSteps(),
        answer.attempt(),
        answer.drafts().isEmpty()
            ? null
            : answer.drafts().stream().map(draft -> DraftJson.of(puzzle, draft)).toList());
  }
}
