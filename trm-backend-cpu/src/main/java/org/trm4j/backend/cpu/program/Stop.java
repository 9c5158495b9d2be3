package org.trm4j.backend.cpu.program;

import java.util.function.BooleanSupplier;
import org.trm4j.backend.cpu.thread.Team;

/** Whether to abandon a step; once true, it stays true. Any worker may poll it. */
final class Stop {
  private final BooleanSupplier signal;
  private final Team team;
  private volatile boolean said;

  Stop(BooleanSupplier signal, Team team) {
    this.signal = signal;
    this.team = team;
  }

  /** Returns the last known state without polling. */
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
