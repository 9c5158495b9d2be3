package org.trm4j.task.spi;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.recursion.spi.PolicyArguments;

/** Makes transitions; found by {@link java.util.ServiceLoader}. Implementations are stateless. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface TransitionProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the id by which tasks name it. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns one line about it. */
  String description();

  /** Returns the arguments that it takes with their defaults. */
  PolicyArguments defaults();

  /**
   * Returns the transition.
   *
   * @param arguments a value for every name of {@link #defaults()} and no other
   * @param config of the model
   * @param domain of the puzzles; null if the model has none
   */
  Transition transition(
      PolicyArguments arguments, ModelConfig config, @Nullable PuzzleDomain domain);
}
