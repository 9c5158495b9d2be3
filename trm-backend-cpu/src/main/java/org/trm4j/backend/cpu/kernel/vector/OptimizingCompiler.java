package org.trm4j.backend.cpu.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether HotSpot's C2 compiler is active; it alone turns Vector API calls into vector
 * instructions. IDEs and build tools switch it off for a quick start, with flags such as {@code
 * -XX:TieredStopAtLevel=1}. The flags are read from the diagnostic bean, as in Lucene; in a runtime
 * image without {@code jdk.management} only the two common ones are found.
 */
public final class OptimizingCompiler {
  private static final String BEAN = "jdk.management";

  private OptimizingCompiler() {}

  /** Returns why C2 is off, naming the flag; null if it is on or nothing is known. */
  public static @Nullable String missing() {
    String mode = System.getProperty("java.vm.info", "");
    if (mode.startsWith("interpreted mode")) {
      return "the JVM only interprets (-Xint)";
    }
    String flag = ModuleLayer.boot().findModule(BEAN).isPresent() ? Flags.missing() : null;
    if (flag == null && mode.contains("emulated-client")) {
      flag = "-XX:TieredStopAtLevel=1";
    }
    return flag == null ? null : "the JVM runs without its C2 compiler (%s)".formatted(flag);
  }

  /** Linked only if the bean's module is present. */
  private static final class Flags {
    private static final int C2 = 4;

    static @Nullable String missing() {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (bean == null) {
        return null;
      }
      String level = value(bean, "TieredStopAtLevel", "4");
      // At level 0 HotSpot itself turns off tiered compilation and C2.
      boolean tiered = level.equals("0") || value(bean, "TieredCompilation", "true").equals("true");
      if (tiered && Integer.parseInt(level) < C2) {
        return "-XX:TieredStopAtLevel=" + level;
      }
      if (value(bean, "UseCompiler", "true").equals("false")) {
        return "-XX:-UseCompiler";
      }
      return value(bean, "CompilationMode", "default").equals("quick-only")
          ? "-XX:CompilationMode=quick-only"
          : null;
    }

    /** Other JVMs do not know the flag. */
    private static String value(HotSpotDiagnosticMXBean bean, String flag, String unknown) {
      try {
        return bean.getVMOption(flag).getValue();
      } catch (IllegalArgumentException e) {
        return unknown;
      }
    }
  }
}
