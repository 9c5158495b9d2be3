package org.trm4j.dataset.spi;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Turns an example into another one that is as valid: a random symmetry of the puzzle. Stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Augmentation {

  /**
   * Returns an example under a symmetry drawn from {@code random}; the given one is left as it is.
   */
  Example augment(Example example, RandomGenerator random);
}
