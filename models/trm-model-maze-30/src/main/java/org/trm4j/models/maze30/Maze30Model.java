package org.trm4j.models.maze30;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code maze-30}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Maze30Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Maze30Model() {}

  @Override
  public String name() {
    return "maze-30";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
