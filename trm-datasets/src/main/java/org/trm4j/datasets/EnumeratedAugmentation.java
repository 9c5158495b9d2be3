package org.trm4j.datasets;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Example;

/** An augmentation with few symmetries, which can be counted. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface EnumeratedAugmentation extends Augmentation {

  /** Returns how many symmetries there are; number 0 leaves an example as it is. */
  int count();

  /** Returns an example under symmetry {@code number}. */
  Example augment(Example example, int number);

  @Override
  default Example augment(Example example, RandomGenerator random) {
    return augment(example, random.nextInt(count()));
  }
}
