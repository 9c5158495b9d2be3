package org.trm4j.optimizer.spi;

import org.apiguardian.api.API;
import org.trm4j.recursion.spi.PolicyArguments;

/** Makes optimizers; found by {@link java.util.ServiceLoader}. Implementations are stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface OptimizerProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the id by which parameter groups name it. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns one line about it and its source. */
  String description();

  /** Returns the arguments that it takes with their defaults. */
  PolicyArguments defaults();

  /**
   * Returns the optimizer.
   *
   * @param arguments a value for every name of {@link #defaults()} and no other
   */
  Optimizer optimizer(PolicyArguments arguments);
}
