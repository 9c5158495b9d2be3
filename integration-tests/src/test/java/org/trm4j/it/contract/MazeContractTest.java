package org.trm4j.it.contract;

import java.util.Map;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.tck.DatasetContract;

/** {@code maze} keeps the contract of data sets. */
class MazeContractTest extends DatasetContract {
  @Override
  protected DatasetProvider provider() {
    return Trm.standard().plugins().datasets().get("maze");
  }

  @Override
  protected Map<String, String> options(long seed) {
    return Map.of("size", "7", "train", "60", "test", "20", "seed", Long.toString(seed));
  }
}
