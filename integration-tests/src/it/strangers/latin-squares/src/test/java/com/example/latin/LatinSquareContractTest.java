package com.example.latin;

import java.util.Map;
import org.trm4j.tck.DatasetContract;
import org.trm4j.dataset.spi.DatasetProvider;

class LatinSquareContractTest extends DatasetContract {
  protected DatasetProvider provider() {
    return new LatinSquareProvider();
  }

  protected Map<String, String> options(long seed) {
    return Map.of("train", "200", "test", "50", "seed", Long.toString(seed));
  }
}
