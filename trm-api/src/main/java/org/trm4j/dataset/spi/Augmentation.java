package org.trm4j.dataset.spi;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * Turns an example into another one that is as valid: a {@link Symmetry} drawn at random, or a
 * change that is none, such as another place in the frame. Stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Augmentation {

  /**
   * Returns an example under a symmetry drawn from {@code random}; the given one is left as it is.
   */
  Example augment(Example example, RandomGenerator random);

  /** Returns the augmentation that draws one of the symmetries. */
  static Augmentation of(Symmetry.Family symmetries) {
    return (example, random) -> symmetries.draw(example.tokens(), random).apply(example);
  }
}
