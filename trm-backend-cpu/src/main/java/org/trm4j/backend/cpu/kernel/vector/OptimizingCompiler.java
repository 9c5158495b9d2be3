package org.trm4j.backend.cpu.kernel.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/**
 * Whether HotSpot's C2 compiler works here, which alone turns Vector API calls into vector
 * instructions. Flags such as {@code -XX:TieredStopAtLevel=1}, which run configurations of IDEs and
 * build tools set for a quick start, leave it out. As Lucene does, the flags are read from the
 * diagnostic bean; a runtime image without {@code jdk.management} still tells of the common two.
 */
public final class OptimizingCompiler {
  private static final String BEAN = "jdk.management";

  private OptimizingCompiler() {}

  /** Returns why it does not work, naming the flag, or null where it does or nothing is known. */
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

  /** Linked only where the bean's module is. */
  private static final class Flags {
    private static final int C2 = 4;

    static @Nullable String missing() {
      HotSpotDiagnosticMXBean bean =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      if (bean == null) {
        return null;
      }
      String level = value(bean, "TieredStopAtLevel", "4");
      // At level 0 HotSpot turns tiered compilation off by itself, and the compiler too.
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
