package org.trm4j.backend.cpu.kernel.amx;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Decides where tests of the machine code run. */
final class AmxMachines {
  /** System property: {@code true} if the machine must have tiles. */
  static final String REQUIRED = "trm.amx.required";

  private AmxMachines() {}

  /**
   * Aborts a test, with the reason, if this machine has no tiles; fails it if the machine must have
   * them.
   */
  static void assume() {
    AmxSupport.Missing missing = AmxSupport.missingHere();
    if (missing != null) {
      String why = "%s; %s".formatted(missing.reason(), missing.fix());
      if (Boolean.getBoolean(REQUIRED)) {
        Assertions.fail(why);
      }
      Assumptions.abort("not run on AMX: " + why);
    }
  }
}
