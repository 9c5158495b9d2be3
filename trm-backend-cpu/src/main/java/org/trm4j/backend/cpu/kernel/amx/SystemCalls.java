package org.trm4j.backend.cpu.kernel.amx;

import java.lang.foreign.MemorySegment;

/** The calls to the operating system. */
interface SystemCalls {
  /** A refused call, with its error number. */
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

  /** Requests permission for this process to use tile data. */
  void requestTiles() throws Refused;

  /** Returns executable memory that holds the code; it is never writable and executable at once. */
  MemorySegment executable(byte[] code) throws Refused;
}
