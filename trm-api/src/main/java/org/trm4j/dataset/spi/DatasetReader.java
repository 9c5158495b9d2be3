package org.trm4j.dataset.spi;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apiguardian.api.API;

/**
 * Opens the files of a data set whose domain another plug-in provides; found by {@link
 * java.util.ServiceLoader}. Reading needs libraries that a host which only solves does without, so
 * it may lie in an artifact of its own. Implementations are stateless.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface DatasetReader {
  /** The version of this interface; an implementation returns it from {@link #spiVersion()}. */
  int SPI_VERSION = 1;

  /** Returns the {@link DatasetProvider#id() id} of the data set whose files it reads. */
  String id();

  /** Returns {@link #SPI_VERSION} as it was when the plug-in was compiled. */
  int spiVersion();

  /** Returns the options that {@link #open} takes. */
  List<DatasetProvider.Option> options();

  /** Returns whether it can open that file or folder, judged by a quick look; never throws. */
  boolean accepts(Path path);

  /**
   * Returns the questions of a text file by line, as the domain's codec reads them; what is no
   * question stays as it is written, for the codec's error. Empty where the reader has no texts.
   */
  default SortedMap<Long, String> questions(Path file) {
    return Collections.emptySortedMap();
  }

  /**
   * Returns the questions of a text file by line for a model of that domain, where its shape says
   * how the text is read.
   *
   * @param domainOptions options of the domain
   */
  default SortedMap<Long, String> questions(Path file, Map<String, String> domainOptions) {
    return questions(file);
  }

  /**
   * Says of a file that no reader {@linkplain #accepts accepts} what keeps it from being one of
   * this data set, and what is accepted, with an example; empty if it has not even the look of one.
   */
  default String nearMiss(Path file) {
    return "";
  }

  /** Opens a file or folder; throws {@link DatasetException} that names file, line and reason. */
  Dataset open(Path path, Map<String, String> options);
}
