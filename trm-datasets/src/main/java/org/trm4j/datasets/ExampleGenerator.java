package org.trm4j.datasets;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Example;

/**
 * Makes a training example from a seed: the same seed gives the same example, whoever asks and in
 * whatever order. Thread-safe.
 */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface ExampleGenerator {

  /**
   * Returns the example of a seed; throws {@link org.trm4j.dataset.spi.DatasetException} where no
   * example of the wanted kind is found.
   */
  Example example(long seed);
}
