package org.trm4j.models.sudoku9;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code sudoku-9}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Sudoku9Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Sudoku9Model() {}

  @Override
  public String name() {
    return "sudoku-9";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
