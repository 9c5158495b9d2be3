package org.trm4j.backend.cpu.kernel.vector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The maker and the family of an x86-64 processor, which the choice of a register tile depends on.
 *
 * @param maker the vendor string, such as AuthenticAMD; empty if unknown
 * @param family the family number; 0 if unknown
 */
record Processor(String maker, int family) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final Pattern WINDOWS = Pattern.compile(".* Family (\\d{1,4}) .*, (\\w+)");
  static final Processor UNKNOWN = new Processor("", 0);

  /** Returns this machine's processor: Linux names it in a file, Windows in the environment. */
  static Processor ofThisMachine() {
    try {
      return Files.isReadable(CPU_INFO)
          ? ofCpuInfo(firstOf(CPU_INFO))
          : ofIdentifier(System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", ""));
    } catch (IOException | UncheckedIOException unreadable) {
      return UNKNOWN;
    }
  }

  /** Returns the lines of the first processor, up to an empty line. */
  private static List<String> firstOf(Path info) throws IOException {
    try (Stream<String> lines = Files.lines(info)) {
      return lines.takeWhile(line -> !line.isBlank()).toList();
    }
  }

  /** Reads the first {@code vendor_id} and {@code cpu family} of {@code /proc/cpuinfo}. */
  static Processor ofCpuInfo(List<String> lines) {
    String family = value(lines, "cpu family");
    return family.matches("\\d{1,4}")
        ? new Processor(value(lines, "vendor_id"), Integer.parseInt(family))
        : UNKNOWN;
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key) && line.contains(":"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("");
  }

  /** Reads {@code AMD64 Family 25 Model 97 Stepping 2, AuthenticAMD}. */
  static Processor ofIdentifier(String identifier) {
    Matcher matcher = WINDOWS.matcher(identifier);
    return matcher.matches()
        ? new Processor(matcher.group(2), Integer.parseInt(matcher.group(1)))
        : UNKNOWN;
  }

  /** Returns whether it is a Zen 4, whose L2 cache can feed six rows by four vectors. */
  boolean isZen4() {
    return maker.equals("AuthenticAMD") && family == 25;
  }
}
