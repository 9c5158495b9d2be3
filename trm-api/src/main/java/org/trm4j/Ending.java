package org.trm4j;

import org.apiguardian.api.API;

/** Why a solve of a puzzle ended. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public enum Ending {
  /** The halting policy stopped it. */
  HALTED("the halting policy stopped it"),
  /** The model's transition called its draft the answer. */
  DONE("the model's transition called it done"),
  /** The model's transition gave the attempt up. */
  GIVEN_UP("the model's transition gave the attempt up"),
  /** It took {@link SolveOptions#maxSteps()} supervision steps. */
  STEP_LIMIT("it reached the limit on supervision steps"),
  /** The calling thread was interrupted: this is what was known until then. */
  INTERRUPTED("the thread was interrupted"),
  /** {@link SolveOptions#withTimeout} passed: this is what was known until then. */
  TIMEOUT("its time is over"),
  /** {@link SolveOptions#withStop} said so: this is what was known until then. */
  REQUESTED("it was asked to stop");

  private final String text;

  Ending(String text) {
    this.text = text;
  }

  /** Returns whether something from outside ended the solve before its own end. */
  public boolean early() {
    return switch (this) {
      case HALTED, DONE, GIVEN_UP, STEP_LIMIT -> false;
      case INTERRUPTED, TIMEOUT, REQUESTED -> true;
    };
  }

  static Ending of(SolveStoppedException.Reason reason) {
    return switch (reason) {
      case INTERRUPTED -> INTERRUPTED;
      case TIMEOUT -> TIMEOUT;
      case REQUESTED -> REQUESTED;
    };
  }

  /** Returns the reason as the end of a sentence, such as {@code its time is over}. */
  public String text() {
    return text;
  }
}
