package org.trm4j.backend.tornado.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of TornadoVM in this JVM. */
public final class SdkVersion {
  private static final String RUNTIME = "tornado.runtime";
  private static final Pattern JAR = Pattern.compile("tornado-runtime-([^/]+)\\.jar");

  private SdkVersion() {}

  /** Returns the version by the name of the runtime's jar, such as {@code 5.2.0-jdk25}. */
  public static String ofRuntime() {
    return ModuleLayer.boot()
        .configuration()
        .findModule(RUNTIME)
        .flatMap(module -> module.reference().location())
        .map(location -> of(location.getPath()))
        .orElse("unknown");
  }

  static String of(String path) {
    Matcher matcher = JAR.matcher(path);
    return matcher.find() ? matcher.group(1) : "unknown";
  }
}
