package org.trm4j.it.contract;

import java.util.Map;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.tck.DatasetContract;

/** {@code sudoku} keeps the contract of data sets. */
class SudokuContractTest extends DatasetContract {
  @Override
  protected DatasetProvider provider() {
    return Trm.standard().plugins().datasets().get("sudoku");
  }

  @Override
  protected Map<String, String> options(long seed) {
    return Map.of("size", "4", "train", "60", "test", "20", "seed", Long.toString(seed));
  }
}
