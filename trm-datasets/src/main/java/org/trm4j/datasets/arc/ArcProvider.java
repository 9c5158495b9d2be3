package org.trm4j.datasets.arc;

import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.datasets.Options;

/**
 * The data set {@code arc}: grids of ARC-AGI-1, ARC-AGI-2 and ConceptARC; a reader opens its files.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public final class ArcProvider implements DatasetProvider {
  /** The id of the data set. */
  public static final String ID = "arc";

  /** Called by the service loader. */
  public ArcProvider() {}

  @Override
  public String id() {
    return ID;
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "ARC-AGI-1, ARC-AGI-2, ConceptARC: task files, challenges with solutions, npy folders";
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return List.of();
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    new Options(ID, List.of(), options);
    return new ArcDomain();
  }

  @Override
  public boolean generates() {
    return false;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    throw new DatasetException("data set arc: has no generator; name a folder of tasks");
  }
}
