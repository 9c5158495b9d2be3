package org.trm4j.backend.cpu;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Availability;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.Capability;

/** The backend {@code cpu-scalar}: plain Java loops, available everywhere. */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class CpuScalarProvider implements BackendProvider {
  /** Called by the service loader. */
  public CpuScalarProvider() {}

  @Override
  public String id() {
    return "cpu-scalar";
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
    return "plain Java loops on all cores; works everywhere";
  }

  @Override
  public Availability availability() {
    return new Availability.Available(
        "plain loops, %d processors".formatted(Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    return new CpuBackend(id(), "plain loops", new ScalarKernels(), options);
  }
}
