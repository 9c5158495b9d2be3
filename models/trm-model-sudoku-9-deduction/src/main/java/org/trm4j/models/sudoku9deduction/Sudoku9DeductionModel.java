package org.trm4j.models.sudoku9deduction;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code sudoku-9-deduction}. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class Sudoku9DeductionModel implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Sudoku9DeductionModel() {}

  @Override
  public String name() {
    return "sudoku-9-deduction";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
