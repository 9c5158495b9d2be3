package org.trm4j.models.maze15;

import org.apiguardian.api.API;
import org.trm4j.pretrained.spi.PretrainedModelProvider;

/** The model {@code maze-15}. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Maze15Model implements PretrainedModelProvider {
  /** Called by the service loader. */
  public Maze15Model() {}

  @Override
  public String name() {
    return "maze-15";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }
}
