package org.trm4j.training.jfr;

/**
 * Whether this runtime has the Flight Recorder. A runtime image made without the module jdk.jfr has
 * not, nor has a module path on which nobody asks for it; nothing is recorded there.
 */
final class FlightRecorder {
  static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}
}
