package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;

/** What is asked of the operating system. */
interface SystemCalls {
  /** A call that was refused, with the number of the error. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final int error;

    Refused(String call, int error) {
      super("%s: %s".formatted(call, name(error)));
      this.error = error;
    }

    int error() {
      return error;
    }

    /** Returns the name of an error number on Linux. */
    private static String name(int error) {
      return switch (error) {
        case 1 -> "EPERM";
        case 12 -> "ENOMEM";
        case 13 -> "EACCES";
        case 22 -> "EINVAL";
        case 28 -> "ENOSPC";
        case 38 -> "ENOSYS";
        case 95 -> "EOPNOTSUPP";
        default -> "error " + error;
      };
    }
  }

  /** Asks for this process's permission to use tile data. */
  void requestTiles() throws Refused;

  /** Returns memory that holds code and may be executed, never both written and executed. */
  MemorySegment executable(byte[] code) throws Refused;
}
