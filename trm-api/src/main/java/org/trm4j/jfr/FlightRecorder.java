package org.trm4j.jfr;

/**
 * Whether this runtime has the Flight Recorder. A runtime image without the module jdk.jfr does
 * not, nor does a module path that does not request it; nothing is recorded there.
 */
final class FlightRecorder {
  static final boolean PRESENT = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private FlightRecorder() {}
}
