package org.trm4j.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/**
 * The machine as its operating system describes it. What a system does not report is empty, or 0.
 *
 * @param processor name of the processor
 * @param features its instruction set extensions as Linux names them, such as {@code avx512f}
 * @param processors processors that the system has, those that this JVM may not use included
 * @param memory bytes of memory, or of the container's limit
 * @param load processes that ran or wanted to run, on average over the last minute
 * @param largePages Linux's setting for transparent huge pages: always, madvise or never
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record Machine(
    Optional<String> processor,
    Set<String> features,
    int processors,
    long memory,
    double load,
    Optional<String> largePages) {

  /** The extensions that decide which kernels are fast. */
  private static final List<String> TOLD =
      List.of("avx2", "fma", "avx512f", "avx512_bf16", "amx_bf16", "asimd", "sve", "sve2");

  /** Copies. */
  public Machine {
    features = Set.copyOf(features);
  }

  /** Reads this machine. */
  public static Machine read() {
    return read(Path.of("/"));
  }

  /** Reads {@code proc} and {@code sys} below a folder. */
  static Machine read(Path root) {
    List<String> info = lines(root.resolve("proc/cpuinfo"));
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Machine(
        values(info, "model name").findFirst(),
        values(info, "flags", "Features")
            .findFirst()
            .map(flags -> new TreeSet<>(Arrays.asList(flags.split(" "))))
            .orElseGet(TreeSet::new),
        (int) values(info, "processor").count(),
        system == null ? 0 : system.getTotalMemorySize(),
        system == null ? 0 : Math.max(0, system.getSystemLoadAverage()),
        lines(root.resolve("sys/kernel/mm/transparent_hugepage/enabled")).stream()
            .flatMap(line -> Arrays.stream(line.split(" ")))
            .filter(word -> word.startsWith("[") && word.endsWith("]"))
            .map(word -> word.substring(1, word.length() - 1))
            .findFirst());
  }

  /** Returns the extensions that matter to the kernels and that the processor has. */
  public List<String> told() {
    return TOLD.stream().filter(features::contains).toList();
  }

  private static Stream<String> values(List<String> lines, String... names) {
    return lines.stream()
        .map(line -> line.split(":", 2))
        .filter(pair -> pair.length == 2 && List.of(names).contains(pair[0].strip()))
        .map(pair -> pair[1].strip());
  }

  private static List<String> lines(Path file) {
    try {
      return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      return List.of();
    }
  }
}
