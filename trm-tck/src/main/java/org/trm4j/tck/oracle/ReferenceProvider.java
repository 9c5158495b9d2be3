package org.trm4j.tck.oracle;

import java.util.EnumSet;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendException;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

/**
 * Provides {@code reference}: the plan in double precision on one thread, as simple as possible.
 * Chosen only by name, or if no other backend is on the class path.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ReferenceProvider implements BackendProvider {
  /**
   * Option: the largest relative error, drawn from a fixed seed, of each value that an operation
   * writes; shows how far rounding may move a result. Default: 0.
   */
  public static final String ROUNDING_NOISE = "roundingNoise";

  /**
   * Option: {@code bfloat16} rounds the factors of the layers' products, as a bfloat16 backend
   * does; {@code published-bfloat16} rounds everything that the published code rounds with {@code
   * forward_dtype: bfloat16}; {@code single} (the default) rounds nothing.
   */
  public static final String PRODUCTS = "products";

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
  public BackendProvider.Availability availability() {
    return new BackendProvider.Availability.Available("double precision, 1 thread");
  }

  @Override
  public Set<Backend.Capability> capabilities() {
    return EnumSet.allOf(Backend.Capability.class);
  }

  @Override
  public Backend open(BackendOptions options) {
    if (!options.device().isEmpty()) {
      throw new BackendException(
          "backend %s: device %s, expected none: it has only one".formatted(ID, options.device()));
    }
    for (String key : options.properties().keySet()) {
      if (!key.equals(ROUNDING_NOISE) && !key.equals(PRODUCTS)) {
        throw new BackendException(
            "backend %s: property %s, expected only %s and %s"
                .formatted(ID, key, ROUNDING_NOISE, PRODUCTS));
      }
    }
    String noise = options.properties().getOrDefault(ROUNDING_NOISE, "0");
    Rounding products = rounding(options.properties().getOrDefault(PRODUCTS, "single"));
    try {
      return new ReferenceBackend(Double.parseDouble(noise), products);
    } catch (NumberFormatException e) {
      throw new BackendException(
          "backend %s: %s is %s, expected a number".formatted(ID, ROUNDING_NOISE, noise), e);
    }
  }

  private static Rounding rounding(String products) {
    return switch (products) {
      case "single" -> Rounding.NONE;
      case "bfloat16" -> Rounding.FACTORS;
      case "published-bfloat16" -> Rounding.ALL;
      default ->
          throw new BackendException(
              "backend %s: %s is %s, expected single, bfloat16 or published-bfloat16"
                  .formatted(ID, PRODUCTS, products));
    };
  }
}
