package org.trm4j.tck;

import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.trm4j.backend.spi.Backend;
import org.trm4j.backend.spi.BackendOptions;
import org.trm4j.backend.spi.BackendProvider;

/** The backend that a contract is checked on. */
interface BackendUnderTest {
  /**
   * System property with the ids, separated by commas, of backends that must be available: their
   * contract then fails instead of being aborted.
   */
  String REQUIRED = "trm.tck.required";

  /** Returns the provider. */
  BackendProvider provider();

  /** Returns how it rounds the factors of the layers' products. */
  default BackendContract.ProductPrecision products() {
    return BackendContract.ProductPrecision.SINGLE;
  }

  /** Returns the options with which it is opened. */
  default BackendOptions options() {
    return BackendOptions.DEFAULT;
  }

  /** Returns the ids, separated by commas, of backends that must be available. */
  default String required() {
    return System.getProperty(REQUIRED, "");
  }

  /** Opens the backend, or aborts the test with the reason why it is unavailable. */
  default Backend open() {
    return open(options());
  }

  /** Opens the backend, or aborts the test with the reason why it is unavailable. */
  default Backend open(BackendOptions options) {
    BackendProvider provider = provider();
    if (provider.availability()
        instanceof BackendProvider.Availability.Unavailable(String reason, String fix)) {
      String line = "backend %s: unavailable: %s; %s".formatted(provider.id(), reason, fix);
      if (Arrays.asList(required().split(",", -1)).contains(provider.id())) {
        Assertions.fail(line + " (required by -D" + REQUIRED + "=" + required() + ")");
      }
      Assumptions.abort(line);
    }
    return provider.open(options);
  }

  /** Returns whether the backend declares a capability. */
  default boolean declares(Backend.Capability capability) {
    return provider().capabilities().contains(capability);
  }
}
