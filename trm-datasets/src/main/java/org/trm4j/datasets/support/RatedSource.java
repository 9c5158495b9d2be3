package org.trm4j.datasets.support;

import org.apiguardian.api.API;
import org.trm4j.dataset.spi.ExampleSource;

/** Examples of which some have a rating, such as the backtracks that a solver needed. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface RatedSource extends ExampleSource {
  /** The rating of an example that has none. */
  int NO_RATING = -1;

  /** Returns the rating of example {@code index}; {@link #NO_RATING} where it has none. */
  int rating(int index);
}
