package org.trm4j.models.maze7;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code maze-7}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Maze7Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Maze7Model() {}

  @Override
  public String name() {
    return "maze-7";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
