package org.trm4j.task.spi;

import org.apiguardian.api.API;

/** What a transition decides after a supervision step. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@SuppressWarnings("ArrayRecordComponent") // tokens are arrays throughout
public sealed interface Outcome {
  /** Returns the draft [S]: what the answer would be now. */
  int[] draft();

  /**
   * The puzzle stays in its slot, its latent states stay, and the next step shows what this memory
   * presents.
   *
   * @param draft [S]
   * @param memory as long as the one before
   */
  record Continue(int[] draft, float[] memory) implements Outcome {}

  /**
   * The attempt has failed: the next attempt at the puzzle begins, or in training the next example.
   *
   * @param draft [S]
   */
  record Restart(int[] draft) implements Outcome {}

  /**
   * The draft is the attempt's answer.
   *
   * @param draft [S]
   */
  record Done(int[] draft) implements Outcome {}
}
