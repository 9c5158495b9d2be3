package org.trm4j;

import org.apiguardian.api.API;
import org.trm4j.error.TrmException;

/**
 * A solve that was stopped before its end. After an interrupt the thread is still interrupted. Ask
 * for what was known until then with {@link SolveOptions#withPartialAnswers}.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class SolveStoppedException extends TrmException {
  private static final long serialVersionUID = 1L;

  /** Why a solve was stopped. */
  public enum Reason {
    /** The calling thread was interrupted. */
    INTERRUPTED,
    /** {@link SolveOptions#withTimeout} passed. */
    TIMEOUT,
    /** {@link SolveOptions#withStop} asked for it. */
    REQUESTED
  }

  private final Reason reason;

  /** Creates the exception. */
  public SolveStoppedException(Reason reason, int solved) {
    super(
        "solve: stopped, %s; %s puzzle%s solved before"
            .formatted(Answer.Ending.of(reason).text(), solved, solved == 1 ? " was" : "s were"));
    this.reason = reason;
  }

  /** Returns why. */
  public Reason reason() {
    return reason;
  }
}
