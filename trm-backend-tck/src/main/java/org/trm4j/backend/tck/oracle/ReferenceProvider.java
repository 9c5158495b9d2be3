package org.trm4j.backend.tck.oracle;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Availability;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;
import org.trm4j.backend.spi.Capability;

/**
 * Provides {@code reference}: the plan in double precision on one thread, without any cleverness.
 * Chosen only by its name, or where nothing else is on the class path.
 */
@API(status = API.Status.STABLE, since = "0.1.0")
public final class ReferenceProvider implements BackendProvider {
  static final String ID = "reference";

  /** Creates the provider. */
  public ReferenceProvider() {}

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
    return -1000;
  }

  @Override
  public String description() {
    return "Double precision on one thread, to compare backends with";
  }

  @Override
  public Availability availability() {
    return new Availability.Available("double precision, 1 thread");
  }

  @Override
  public Set<Capability> capabilities() {
    return EnumSet.allOf(Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    if (!options.device().isEmpty()) {
      throw new BackendException(
          "backend %s: device %s, expected none: it has only one".formatted(ID, options.device()));
    }
    if (!options.properties().isEmpty()) {
      throw new BackendException(
          "backend %s: properties %s, expected none".formatted(ID, options.properties().keySet()));
    }
    return new ReferenceBackend();
  }
}
