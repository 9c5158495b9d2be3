package org.trm4j.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.BackendProvider;

/** Says what to change on a machine so that the CPU backends run as fast as they can. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Advice {
  private static final long TRAINING_BYTES = 1L << 30;

  private Advice() {}

  /** Returns one line for each thing to change; none if all is well. */
  public static List<String> of(
      Machine machine, Jvm jvm, Map<String, BackendProvider.Availability> backends) {
    List<String> lines = new ArrayList<>();
    backends.forEach((id, state) -> {
      if (state
          instanceof
          BackendProvider.Availability.Impaired(String detail, String reason, String fix)) {
        lines.add("%s (%s) is slow, since %s: %s".formatted(id, detail, reason, fix));
      }
    });
    if (machine.processors() > 0 && jvm.processors() > machine.processors()) {
      lines.add(
          "java is told of %s processors and the system has %s: remove -XX:ActiveProcessorCount"
              .formatted(jvm.processors(), machine.processors()));
    } else if (jvm.processors() < machine.processors()) {
      lines.add(
          "java may use %s of %s processors: raise the container's limit, the affinity or -XX:ActiveProcessorCount"
              .formatted(jvm.processors(), machine.processors()));
    }
    if (machine.load() > jvm.processors() / 2.0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "other work uses this machine (load %.1f on %s processors): figures are below those of a quiet one",
              machine.load(),
              jvm.processors()));
    }
    if (machine.largePages().filter("never"::equals).isPresent()) {
      lines.add(
          "large pages are off: echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled");
    }
    if (jvm.heap() < TRAINING_BYTES) {
      lines.add(
          "the heap ends at %s MiB, and training a model of published size takes 900: give java -Xmx2g or more"
              .formatted(jvm.heap() >> 20));
    }
    jvm.flags().stream()
        .filter(flag -> flag.startsWith("-XX:UseAVX=") || flag.startsWith("-XX:MaxVectorSize="))
        .forEach(flag -> lines.add("vectors are narrower than the processor's: remove " + flag));
    return lines;
  }
}
