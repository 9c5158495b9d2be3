package org.trm4j.cli.doctor;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apiguardian.api.API;

/**
 * The Java virtual machine.
 *
 * @param version such as {@code 25.0.3+9-LTS, Eclipse Adoptium}
 * @param mode how it runs code, in its own words, such as {@code mixed mode, sharing}
 * @param processors processors that it uses
 * @param heap the most bytes of heap
 * @param flags its command-line options
 * @param collectors garbage collectors
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record Jvm(
    String version,
    String mode,
    int processors,
    long heap,
    List<String> flags,
    List<String> collectors) {

  /** Copies. */
  public Jvm {
    flags = List.copyOf(flags);
    collectors = List.copyOf(collectors);
  }

  /** Reads this JVM. */
  public static Jvm read() {
    Runtime runtime = Runtime.getRuntime();
    return new Jvm(
        Runtime.version() + ", " + System.getProperty("java.vendor"),
        System.getProperty("java.vm.info", ""),
        runtime.availableProcessors(),
        runtime.maxMemory(),
        ManagementFactory.getRuntimeMXBean().getInputArguments(),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .toList());
  }
}
