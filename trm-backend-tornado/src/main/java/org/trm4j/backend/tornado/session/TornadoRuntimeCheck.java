package org.trm4j.backend.tornado.session;

import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.tornado.memory.SdkVersion;

/** Checks whether this JVM was started as TornadoVM requires. Links no class of TornadoVM. */
public final class TornadoRuntimeCheck {
  private static final String RUNTIME = "tornado.runtime";
  private static final String IMPLEMENTATION = "tornado.load.runtime.implementation";
  private static final String TESTED = "5.2.";
  private static final String BAILOUT = "tornado.recover.bailout";

  private TornadoRuntimeCheck() {}

  public static BackendProvider.Availability availability() {
    return availability(
        ModuleLayer.boot().findModule(RUNTIME).isPresent(),
        SdkVersion.ofRuntime(),
        System.getProperty(IMPLEMENTATION, ""),
        System.getProperty(BAILOUT, ""));
  }

  /**
   * Judges a JVM.
   *
   * @param runtime whether TornadoVM's runtime is among its modules
   * @param version the runtime's version
   * @param implementation the system property that the argument file of version 5 sets
   * @param bailout the system property that decides what happens if a kernel does not compile
   */
  public static BackendProvider.Availability availability(
      boolean runtime, String version, String implementation, String bailout) {
    boolean tested = version.startsWith(TESTED);
    if (!runtime || (tested && implementation.isEmpty())) {
      return new BackendProvider.Availability.Unavailable(
          "the JVM runs without TornadoVM",
          "install its SDK (sdk install tornadovm), set TORNADOVM_HOME, and start java with @$TORNADOVM_HOME/tornado-argfile -Dtornado.recover.bailout=False");
    }
    if (!bailout.equalsIgnoreCase("false")) {
      return new BackendProvider.Availability.Unavailable(
          "TornadoVM would silently run a kernel that fails to compile as Java code",
          "start java with -D" + BAILOUT + "=False");
    }
    return new BackendProvider.Availability.Available(
        "TornadoVM %s in this JVM%s; a device is sought when it is opened"
            .formatted(version, tested ? "" : ", not tested with it (tested: " + TESTED + "x)"));
  }
}
