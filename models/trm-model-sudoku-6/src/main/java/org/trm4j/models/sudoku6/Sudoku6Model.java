package org.trm4j.models.sudoku6;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code sudoku-6}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Sudoku6Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Sudoku6Model() {}

  @Override
  public String name() {
    return "sudoku-6";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
