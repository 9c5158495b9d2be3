package org.trm4j.backend.cpu;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.cpu.kernel.scalar.ScalarKernels;
import org.trm4j.backend.cpu.session.CpuBackend;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

/** Provides {@code cpu-scalar}: plain Java loops, on every JVM. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class CpuScalarProvider implements BackendProvider {
  private static final String ID = "cpu-scalar";

  /** Creates the provider. */
  public CpuScalarProvider() {}

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
    return 10;
  }

  @Override
  public String description() {
    return "Pure Java on the CPU, plain loops";
  }

  @Override
  public BackendProvider.Availability availability() {
    String wrong = CpuBackend.wrongThreads();
    if (wrong != null) {
      return new BackendProvider.Availability.Unavailable(wrong, "set it so, or not at all");
    }
    return new BackendProvider.Availability.Available(
        "plain loops, %s threads".formatted(CpuBackend.threads(0)));
  }

  @Override
  public Set<Backend.Capability> capabilities() {
    return EnumSet.allOf(Backend.Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    return CpuBackend.open(ID, new ScalarKernels(), options);
  }
}
