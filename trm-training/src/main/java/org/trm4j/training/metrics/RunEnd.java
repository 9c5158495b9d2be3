package org.trm4j.training.metrics;

import org.apiguardian.api.API;

/** Why a run ended. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public enum RunEnd {
  /** It is at its last step. */
  DONE("done"),
  /** It was asked to stop. */
  STOPPED("stopped"),
  /** Its time was over. */
  OUT_OF_TIME("out of time"),
  /** Its evaluations did not get better. */
  OUT_OF_PATIENCE("ended without a better evaluation");

  private final String words;

  RunEnd(String words) {
    this.words = words;
  }

  /** Returns it in a few words. */
  public String words() {
    return words;
  }
}
