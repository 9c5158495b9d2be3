package org.trm4j.backend.cpu.program;

import java.util.function.BooleanSupplier;
import org.trm4j.backend.cpu.thread.Team;

/** Whether a step is to be given up; once said, it stays so. Asked by any worker. */
final class Stop {
  private final BooleanSupplier signal;
  private final Team team;
  private volatile boolean said;

  Stop(BooleanSupplier signal, Team team) {
    this.signal = signal;
    this.team = team;
  }

  /** Returns whether it was said, without asking. */
  boolean said() {
    return said;
  }

  boolean asked() {
    if (!said && (signal.getAsBoolean() || team.interrupted())) {
      said = true;
    }
    return said;
  }
}
