package org.trm4j.backend.cpu;

import java.lang.module.ModuleFinder;
import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.cpu.kernel.vector.FmaPeak;
import org.trm4j.backend.cpu.kernel.vector.OptimizingCompiler;
import org.trm4j.backend.cpu.kernel.vector.TileChoice;
import org.trm4j.backend.cpu.kernel.vector.VectorKernels;
import org.trm4j.backend.cpu.kernel.vector.VectorWidth;
import org.trm4j.backend.cpu.session.CpuBackend;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

/**
 * Provides {@code cpu-vector}: the Vector API (JEP 508), if the JVM was started with its incubator
 * module.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CpuVectorProvider implements BackendProvider {
  private static final String ID = "cpu-vector";
  private static final String MODULE = "jdk.incubator.vector";

  /** Creates the provider. */
  public CpuVectorProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public int priority() {
    return 20;
  }

  @Override
  public String description() {
    return "Pure Java on the CPU, Vector API";
  }

  // No vector class may be linked before the module is known to be present.
  @Override
  public BackendProvider.Availability availability() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return ModuleFinder.ofSystem().find(MODULE).isPresent()
          ? new BackendProvider.Availability.Unavailable(
              "the JVM runs without the module " + MODULE,
              "start java with --add-modules " + MODULE)
          : new BackendProvider.Availability.Unavailable(
              "this Java runtime does not contain the module " + MODULE,
              "use a runtime image made with it, or a whole JDK 25; cpu-scalar runs without it");
    }
    String wrong = CpuBackend.wrongThreads();
    if (wrong != null) {
      return new BackendProvider.Availability.Unavailable(wrong, "set it so, or not at all");
    }
    String width = System.getProperty(VectorWidth.PROPERTY, "");
    if (!VectorWidth.isKnown(width)) {
      return new BackendProvider.Availability.Unavailable(
          "system property %s is %s".formatted(VectorWidth.PROPERTY, width),
          "set it to 128, 256 or 512, or not at all");
    }
    String tile = System.getProperty(TileChoice.PROPERTY, "");
    if (!TileChoice.isKnown(tile)) {
      return new BackendProvider.Availability.Unavailable(
          "system property %s is %s".formatted(TileChoice.PROPERTY, tile),
          "set it to 14x2, 6x4 or 6x2, or not at all");
    }
    String detail =
        "%s, %s threads".formatted(new VectorKernels().description(), CpuBackend.threads(0));
    String slow = OptimizingCompiler.missing();
    return slow == null
        ? new BackendProvider.Availability.Available(detail)
        : new BackendProvider.Availability.Impaired(
            detail,
            slow + ", without which the Vector API is ten times slower than plain loops",
            "start java without that flag");
  }

  @Override
  public Set<Backend.Capability> capabilities() {
    return EnumSet.allOf(Backend.Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    if (availability()
        instanceof BackendProvider.Availability.Unavailable(String reason, String fix)) {
      throw new BackendException("backend %s: unavailable: %s; %s".formatted(ID, reason, fix));
    }
    return CpuBackend.open(ID, new VectorKernels(), options);
  }

  /**
   * Makes {@link #peak} accurate: gives the compiler time to compile the measured code. Needs the
   * Vector API.
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static void warmUpPeak() {
    FmaPeak.warmUp();
  }

  /**
   * Measures the processor's peak in GFLOP/s: multiply-adds on registers only, on the given number
   * of threads at once. Needs the Vector API.
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public static double peak(int threads) {
    return FmaPeak.measure(threads);
  }
}
