package org.trm4j.server.solve;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Draft;
import org.trm4j.dataset.spi.Verification;

/**
 * A draft.
 *
 * @param puzzle number of the puzzle in the request; 0 for the first
 * @param attempt number of the attempt; 0 for the first
 * @param step 1 for the first
 * @param text compact form
 * @param tokens [S]
 * @param confidence of the halting head
 * @param verified whether it is right by the puzzle's rules
 * @param verification the verdict
 * @param reason what the rules say against it; empty for nothing
 * @param stateChange how far the step moved the latent states, relative; null unless requested
 * @param cellConfidence [S], probability of each token; null unless requested
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
@SuppressWarnings("ArrayRecordComponent") // written as JSON, never compared
public record DraftJson(
    int puzzle,
    int attempt,
    int step,
    String text,
    int[] tokens,
    double confidence,
    boolean verified,
    Verification.Outcome verification,
    String reason,
    @Nullable Double stateChange,
    float @Nullable [] cellConfidence) {

  static DraftJson of(int puzzle, Draft draft) {
    float[] cells = draft.cellConfidence();
    return new DraftJson(
        puzzle,
        draft.attempt(),
        draft.step(),
        draft.text(),
        draft.tokens(),
        draft.confidence(),
        draft.verified(),
        draft.verification().outcome(),
        draft.verification().detail(),
        draft.stateChange().isPresent() ? draft.stateChange().getAsDouble() : null,
        cells.length == 0 ? null : cells);
  }
}
