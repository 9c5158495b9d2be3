package org.trm4j.backend.cpu.kernel.amx;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether this machine, this system and this JVM let Java use AMX, and what to do if not. */
public final class AmxSupport {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final List<String> FEATURES = List.of("amx_tile", "amx_bf16");

  /** The result for this process, determined once: a permission stays. */
  private static final Supplier<AmxSupport> HERE =
      new Supplier<>() {
        private @Nullable AmxSupport found;

        @Override
        public synchronized AmxSupport get() {
          if (found == null) {
            found =
                new AmxSupport(
                    System.getProperty("os.name", ""),
                    System.getProperty("os.arch", ""),
                    CPU_INFO,
                    AmxSupport.class.getModule(),
                    LinuxCalls::new);
          }
          return found;
        }
      };

  private final @Nullable Missing missing;
  private final MemorySegment code;

  /**
   * What is missing.
   *
   * @param reason what was found
   * @param fix what the user can do about it
   */
  public record Missing(String reason, String fix) {}

  AmxSupport(
      String system,
      String architecture,
      Path processor,
      Module module,
      Supplier<SystemCalls> calls) {
    Missing first = platform(system, architecture);
    if (first == null) {
      first = processor(processor);
    }
    if (first == null) {
      first = access(module);
    }
    MemorySegment made = MemorySegment.NULL;
    if (first == null) {
      SystemCalls asked = calls.get();
      first = permission(asked);
      if (first == null) {
        try {
          made = asked.executable(MachineCode.bytes());
        } catch (SystemCalls.Refused refused) {
          first =
              new Missing(
                  "this system forbids memory that is executed (%s)"
                      .formatted(refused.getMessage()),
                  "allow it: MemoryDenyWriteExecute=no in a systemd unit, the boolean execmem of"
                      + " SELinux, or the seccomp profile of the container");
        }
      }
    }
    missing = first;
    code = made;
  }

  /** Returns what is missing here, or null. The first call asks the kernel for permission. */
  public static @Nullable Missing missingHere() {
    return HERE.get().missing();
  }

  /**
   * Returns the machine code in executable memory, or {@link MemorySegment#NULL} if the system
   * forbids such memory.
   */
  static MemorySegment codeHere() {
    return HERE.get().code;
  }

  @Nullable Missing missing() {
    return missing;
  }

  private static @Nullable Missing platform(String system, String architecture) {
    boolean x86 = architecture.equals("amd64") || architecture.equals("x86_64");
    return system.equals("Linux") && x86
        ? null
        : new Missing(
            "this is %s on %s, expected Linux on x86-64".formatted(system, architecture),
            "choose cpu-vector, which runs here");
  }

  private static @Nullable Missing processor(Path info) {
    List<String> absent;
    try (Stream<String> lines = Files.lines(info)) {
      Set<String> flags =
          lines
              .filter(line -> line.startsWith("flags"))
              .findFirst()
              .map(line -> Set.copyOf(Arrays.asList(line.split("\\s+", -1))))
              .orElse(Set.of());
      absent = FEATURES.stream().filter(feature -> !flags.contains(feature)).toList();
    } catch (IOException e) {
      return new Missing(
          "%s cannot be read: %s".formatted(info, e), "mount /proc, or choose cpu-vector");
    }
    return absent.isEmpty()
        ? null
        : new Missing(
            "the processor has no %s".formatted(String.join(", ", absent)),
            "use an Intel Xeon of the 4th generation (Sapphire Rapids) or later, or choose"
                + " cpu-vector");
  }

  private static @Nullable Missing access(Module module) {
    if (module.isNativeAccessEnabled()) {
      return null;
    }
    String name = module.isNamed() ? module.getName() : "ALL-UNNAMED";
    return new Missing(
        "native access is not enabled for " + (module.isNamed() ? name : "the class path"),
        "start java with --enable-native-access=" + name);
  }

  private static @Nullable Missing permission(SystemCalls calls) {
    try {
      calls.requestTiles();
      return null;
    } catch (SystemCalls.Refused refused) {
      return new Missing(
          "the kernel refuses permission to use tiles (%s)".formatted(refused.getMessage()),
          "use Linux 5.16 or later, and a container or virtual machine that passes AMX on");
    }
  }
}
