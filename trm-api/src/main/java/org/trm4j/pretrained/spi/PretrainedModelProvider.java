package org.trm4j.pretrained.spi;

import java.io.InputStream;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * A trained model in an artifact of its own; found by {@link java.util.ServiceLoader}. The artifact
 * holds its files under {@code META-INF/trm/models/NAME/}; {@code PretrainedModel.Writer} makes
 * them. Implementations are stateless.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public interface PretrainedModelProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** The folder of all models in their artifacts. */
  String FOLDER = "META-INF/trm/models";

  /** Returns the name by which users choose the model, such as {@code sudoku-9}. */
  String name();

  /** Returns {@link #SPI_VERSION} as it was when the artifact was compiled. */
  int spiVersion();

  /**
   * Opens a file of {@code META-INF/trm/models/NAME/}, empty where there is none. It is looked for
   * as a resource of the implementation's class, so that any class loader and the module path
   * serve.
   */
  default Optional<InputStream> open(String file) {
    return Optional.ofNullable(
        getClass().getResourceAsStream("/%s/%s/%s".formatted(FOLDER, name(), file)));
  }
}
