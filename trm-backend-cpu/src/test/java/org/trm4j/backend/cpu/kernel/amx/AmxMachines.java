package org.trm4j.backend.cpu.kernel.amx;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Where tests of the machine code run. */
final class AmxMachines {
  /** System property: set to {@code true} where the machine must have tiles. */
  static final String REQUIRED = "trm.amx.required";

  private AmxMachines() {}

  /** Aborts a test, with the reason, where this machine has no tiles; fails it where it must. */
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
