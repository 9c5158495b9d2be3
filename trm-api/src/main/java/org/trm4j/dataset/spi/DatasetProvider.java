package org.trm4j.dataset.spi;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * A kind of puzzle and its data; found by {@link java.util.ServiceLoader}. Implementations are
 * stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface DatasetProvider {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the id by which users choose it, such as {@code sudoku}. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns one line about the puzzle. */
  String description();

  /** Returns the options that {@link #domain}, {@link #open} and {@link #generate} take. */
  List<Option> options();

  /**
   * Returns the domain.
   *
   * @param options values of some of {@link #options()}; others have their default
   */
  PuzzleDomain domain(Map<String, String> options);

  /**
   * Returns whether it can itself open that file or folder, judged by a quick look; never throws.
   * False where a {@link DatasetReader} opens the files.
   */
  default boolean accepts(Path path) {
    return false;
  }

  /**
   * Opens a file or folder; throws {@link DatasetException} that names file, line and reason. Not
   * called where a {@link DatasetReader} opens the files.
   */
  default Dataset open(Path path, Map<String, String> options) {
    throw new DatasetException(
        "data set %s: nothing here reads its files; add the artifact that does (org.trm4j:trm-datasets-io for sudoku, maze and arc)"
            .formatted(id()));
  }

  /** Returns whether {@link #generate} makes puzzles. */
  boolean generates();

  /**
   * Generates a data set with the splits {@code train} and {@code test}, no test puzzle being equal
   * to a training puzzle under any symmetry of the augmentation; the same options (with their
   * {@code seed}) give the same puzzles. Throws {@link DatasetException} where {@link #generates()}
   * is false.
   */
  Dataset generate(Map<String, String> options);

  /**
   * Returns a number that grows whenever the same options give other generated puzzles than before;
   * it is noted with what is trained on them.
   */
  @API(status = API.Status.MAINTAINED, since = "0.1.0")
  default int generatorVersion() {
    return 1;
  }

  /**
   * An option of a data set provider.
   *
   * @param name such as {@code size}
   * @param defaultValue its value when not given; empty for none
   * @param description one line, with the values that it takes
   */
  record Option(String name, String defaultValue, String description) {}
}
