package org.trm4j.frontend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.DatasetReader;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.PluginException;
import org.trm4j.plugin.PluginRegistry;
import org.trm4j.plugin.PluginRegistry.PluginSet;

/** Data sets as a person writes them on a command line. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class DataText {
  private static final int MOST_NAMED = 8;

  private DataText() {}

  /** Opens or generates what {@link #locate} finds. */
  public static Dataset open(String location) {
    return Trm.standard().dataset(locate(location));
  }

  /**
   * Says which plug-in reads or makes a data set.
   *
   * @param location a file or folder; {@code id:path} to say which plug-in reads it; either with
   *     {@code ?key=value,key=value} after it for options; or {@code id} or {@code
   *     id:key=value,key=value} to generate one
   */
  public static DatasetLocation locate(String location) {
    PluginSet<DatasetProvider> providers = PluginRegistry.standard().datasets();
    int colon = location.indexOf(':');
    String head = colon < 0 ? location : location.substring(0, colon);
    if (providers.usable().containsKey(head) && !exists(location)) {
      String rest = colon < 0 ? "" : location.substring(colon + 1);
      if (rest.isEmpty() || rest.contains("=") && !rest.contains("?")) {
        return new DatasetLocation(head, "", options(location, rest));
      }
      return file(head, rest, location);
    }
    DatasetLocation file = file("", location, location);
    return new DatasetLocation(
        recognise(providers, Path.of(file.path())), file.path(), file.options());
  }

  /** Splits {@code path?key=value}; a file whose name has a question mark wins. */
  private static DatasetLocation file(String id, String path, String location) {
    int mark = exists(path) ? -1 : path.lastIndexOf('?');
    return mark < 0
        ? new DatasetLocation(id, path, Map.of())
        : new DatasetLocation(
            id, path.substring(0, mark), options(location, path.substring(mark + 1)));
  }

  /** Some systems have no path with a question mark or a colon. */
  private static boolean exists(String path) {
    try {
      return Files.exists(Path.of(path));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String recognise(PluginSet<DatasetProvider> providers, Path path) {
    if (!Files.exists(path)) {
      throw new PluginException(
          "data %s: no such file or folder, and no data set of that name; found: %s"
              .formatted(path, String.join(", ", providers.usable().keySet())));
    }
    Map<String, DatasetReader> readers = PluginRegistry.standard().datasetReaders().usable();
    List<String> accepting =
        providers.usable().values().stream()
            .filter(provider ->
                readers.containsKey(provider.id())
                    ? readers.get(provider.id()).accepts(path)
                    : provider.accepts(path))
            .map(DatasetProvider::id)
            .toList();
    String nearMiss = accepting.isEmpty() ? nearMiss(path, readers) : "";
    if (!nearMiss.isEmpty()) {
      throw new PluginException("data %s: no data set recognises it: %s".formatted(path, nearMiss));
    }
    if (accepting.isEmpty() && Files.isDirectory(path)) {
      // No data set would read it under its id either.
      throw new PluginException(
          "data %s: no data set recognises it%s".formatted(path, held(path, providers)));
    }
    if (accepting.size() != 1) {
      throw new PluginException(
          "data %s: %s; write ID:%s with one of %s"
              .formatted(
                  path,
                  accepting.isEmpty()
                      ? "no data set recognises it" + held(path, providers)
                      : accepting + " recognise it",
                  path,
                  String.join(", ", providers.usable().keySet())));
    }
    return accepting.getFirst();
  }

  private static String nearMiss(Path path, Map<String, DatasetReader> readers) {
    return readers.values().stream()
        .map(reader -> reader.nearMiss(path))
        .filter(reason -> !reason.isEmpty())
        .distinct()
        .collect(Collectors.joining("; or "));
  }

  /** Names the files of a folder, which cannot be guessed to be a split. */
  private static String held(Path path, PluginSet<DatasetProvider> providers) {
    if (!Files.isDirectory(path)) {
      return providers.usable().containsKey("grid")
          ? "; any other puzzle with questions and answers is read as grid:PATH"
          : "";
    }
    try (Stream<Path> files = Files.list(path)) {
      List<String> names =
          files
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name -> !name.startsWith("."))
              .sorted()
              .limit(MOST_NAMED)
              .toList();
      return " (it holds %s); of a folder train.* and test.* are read, a file of another name is named itself"
          .formatted(names.isEmpty() ? "nothing" : String.join(", ", names));
    } catch (IOException e) {
      return "";
    }
  }

  private static Map<String, String> options(String location, String text) {
    Map<String, String> options = new LinkedHashMap<>();
    String last = null;
    if (!text.isEmpty()) {
      for (String pair : text.split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0 && last != null) {
          // rules=rows,columns:all-different is one option.
          options.merge(last, pair.strip(), (before, more) -> before + "," + more);
          continue;
        }
        if (equals < 1) {
          throw new PluginException("data %s: '%s', expected key=value".formatted(location, pair));
        }
        last = pair.substring(0, equals).strip();
        options.put(last, pair.substring(equals + 1).strip());
      }
    }
    return options;
  }
}
