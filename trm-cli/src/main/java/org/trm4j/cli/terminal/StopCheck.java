package org.trm4j.cli.terminal;

import java.io.PrintWriter;
import org.apiguardian.api.API;
import org.trm4j.halting.spi.HaltingPolicy;

/** Ends a command that has nothing to save at its next step after Ctrl-C. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class StopCheck implements AutoCloseable {
  private final Interrupts interrupts;

  /** Watches until closed. */
  public StopCheck(PrintWriter err) {
    interrupts =
        new Interrupts(err, () -> {}, "stopping after this step", () -> "nothing was saved");
  }

  /** Throws {@link InterruptedCommandException} after Ctrl-C. */
  public void check() {
    if (interrupts.requested()) {
      throw new InterruptedCommandException("stopped");
    }
  }

  /** Returns the policy with a check after every supervision step. */
  public HaltingPolicy in(HaltingPolicy policy) {
    return HaltingPolicy.reading(
        policy.reads(),
        progress -> {
          check();
          return policy.halt(progress);
        });
  }

  /** Returns the work with a check before it. */
  public Runnable in(Runnable work) {
    return () -> {
      check();
      work.run();
    };
  }

  @Override
  public void close() {
    interrupts.close();
  }
}
