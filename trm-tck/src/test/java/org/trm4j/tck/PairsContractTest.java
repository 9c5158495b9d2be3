package org.trm4j.tck;

import java.util.Map;
import org.trm4j.dataset.spi.DatasetProvider;

/** A data set without a defect satisfies the contract. */
class PairsContractTest extends DatasetContract {
  @Override
  protected DatasetProvider provider() {
    return new PairsProvider();
  }

  @Override
  protected Map<String, String> options(long seed) {
    return Map.of("seed", Long.toString(seed));
  }
}
