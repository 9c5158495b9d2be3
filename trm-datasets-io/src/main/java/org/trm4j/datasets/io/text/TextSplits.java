package org.trm4j.datasets.io.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.datasets.Options;

/**
 * The files of the splits.
 *
 * @param files by split
 * @param notes which file is which split, and what was not read, one line each
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record TextSplits(Map<String, Path> files, List<String> notes) {
  /** The option that names the split of a single file. */
  public static final DatasetProvider.Option OPTION =
      new DatasetProvider.Option(
          "split", "", "of a single file: train or test; by its name, train*, unless set");

  /** The option that says which size is expected. */
  public static final DatasetProvider.Option SIZE =
      new DatasetProvider.Option(
          "size",
          "",
          "rows and columns that are expected, such as 9 or, for mazes, 9x16; found out unless"
              + " set");

  private static final List<String> SPLITS = List.of("train", "test");
  private static final List<String> ENDINGS =
      List.of(
          ".csv",
          ".csv.gz",
          ".tsv",
          ".txt",
          ".txt.gz",
          ".jsonl",
          ".jsonl.gz",
          ".json",
          ".sdk",
          ".sdm",
          ".opensudoku");
  private static final int MOST_NAMED = 8;

  /**
   * Returns the splits of a file, or of a folder with {@code train.csv}, {@code test.csv.gz} and
   * the like; empty if it has none.
   *
   * @param split of a single file; empty to go by its name
   */
  public static TextSplits of(Path path, String split) {
    if (!split.isEmpty() && !SPLITS.contains(split)) {
      throw new DatasetException("option split is %s, expected train or test".formatted(split));
    }
    if (Files.isRegularFile(path)) {
      String name = split.isEmpty() ? name(path) : split;
      String why = split.isEmpty() ? ", as its name says (train*, else test)" : "";
      return new TextSplits(
          Map.of(name, path), List.of("split %s: %s%s".formatted(name, path, why)));
    }
    if (!split.isEmpty()) {
      throw new DatasetException(
          "%s: option split is for a single file, and this is a folder".formatted(path));
    }
    Map<String, Path> files = files(path, file -> true);
    List<String> notes = new ArrayList<>();
    files.forEach((name, file) -> notes.add("split %s: %s".formatted(name, file)));
    List<String> others = others(path, files);
    if (!others.isEmpty() && !files.isEmpty()) {
      notes.add("not read: " + String.join(", ", others));
    }
    return new TextSplits(files, notes);
  }

  /** Returns the splits of a file that holds several, or that is divided after reading. */
  public static TextSplits of(Map<String, Path> files) {
    return new TextSplits(
        files,
        files.entrySet().stream()
            .map(split -> "split %s: %s".formatted(split.getKey(), split.getValue()))
            .toList());
  }

  /** Returns whether some split of a folder is accepted. */
  public static boolean some(Path folder, Predicate<Path> accepts) {
    return !files(folder, accepts).isEmpty();
  }

  private static Map<String, Path> files(Path folder, Predicate<Path> accepts) {
    Map<String, Path> byName = new LinkedHashMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(Files::isRegularFile)
          .sorted()
          .forEach(file ->
              byName.putIfAbsent(
                  String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT), file));
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
    Map<String, Path> files = new LinkedHashMap<>();
    for (String split : SPLITS) {
      for (String ending : ENDINGS) {
        Path file = byName.get(split + ending);
        if (!files.containsKey(split) && file != null && accepts.test(file)) {
          files.put(split, file);
        }
      }
    }
    return files;
  }

  private static List<String> others(Path folder, Map<String, Path> read) {
    try (Stream<Path> all = Files.list(folder)) {
      List<String> names =
          all.filter(file -> !read.containsValue(file))
              .map(file -> String.valueOf(file.getFileName()))
              .filter(name ->
                  !name.startsWith(".") && !name.toUpperCase(Locale.ROOT).startsWith("README"))
              .sorted()
              .toList();
      return names.size() <= MOST_NAMED
          ? names
          : Stream.concat(
                  names.stream().limit(MOST_NAMED),
                  Stream.of("and %s more".formatted(names.size() - MOST_NAMED)))
              .toList();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /** Refuses puzzles of another size than the option says. */
  public static void checkSize(Options options, String size) {
    // A square is 12 or 12x12.
    if (options.has("size")
        && !options.text("size").replaceFirst("^(\\d+)x\\1$", "$1").equals(size)) {
      throw new DatasetException(
          "the puzzles are of size %s, expected %s (option size)"
              .formatted(size, options.text("size")));
    }
  }

  /** Refuses options that draw from a training split where there is none. */
  public void needTraining(boolean needed, String option) {
    if (needed && !files.containsKey("train")) {
      throw new DatasetException(
          "option %s has no effect: there is no training split; name the file train*, or write ?split=train"
              .formatted(option));
    }
  }

  /** Returns the split of a single file or folder: train when its name starts so, else test. */
  public static String name(Path path) {
    Path last = path.toAbsolutePath().normalize().getFileName();
    return last != null && last.toString().startsWith("train") ? "train" : "test";
  }
}
