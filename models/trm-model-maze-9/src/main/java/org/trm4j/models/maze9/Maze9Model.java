package org.trm4j.models.maze9;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code maze-9}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Maze9Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Maze9Model() {}

  @Override
  public String name() {
    return "maze-9";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
