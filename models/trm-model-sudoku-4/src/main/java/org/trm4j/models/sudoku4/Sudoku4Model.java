package org.trm4j.models.sudoku4;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code sudoku-4}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Sudoku4Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Sudoku4Model() {}

  @Override
  public String name() {
    return "sudoku-4";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
