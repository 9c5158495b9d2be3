package org.trm4j.cli.terminal;

import org.jspecify.annotations.Nullable;

/** Signals of the operating system. Their API is not part of Java SE: no signature names it. */
final class Signals {
  private Signals() {}

  /**
   * Handles a signal.
   *
   * @param name of the signal, without SIG
   * @return restores the handler that was there before; null if the signal cannot be handled: the
   *     system does not have it, or the JVM runs with -Xrs, which leaves signals to the system
   */
  static @Nullable Runnable handle(String name, Runnable handler) {
    try {
      var signal = new sun.misc.Signal(name);
      var before = sun.misc.Signal.handle(signal, received -> handler.run());
      return () -> sun.misc.Signal.handle(signal, before);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
