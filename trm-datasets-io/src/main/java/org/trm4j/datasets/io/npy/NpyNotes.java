package org.trm4j.datasets.io.npy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Says what of a builder's folder is read, and what is not. */
final class NpyNotes {
  private static final Set<String> KNOWN =
      Set.of("identifiers.json", "test_puzzles.json", BuiltFolder.FILE, NpyMetadata.FILE);
  private static final int MOST_NAMED = 8;

  private NpyNotes() {}

  static List<String> of(Path folder, Set<String> splits, PuzzleDomain domain) {
    List<String> notes = new ArrayList<>();
    PuzzleDomain.GridShape grid = domain.codec().grid();
    BuiltFolder built = BuiltFolder.of(folder);
    notes.add(
        built == null
            ? "shape: %s rows x %s columns, as so many tokens are read"
                .formatted(grid.rows(), grid.columns())
            : "shape: %s rows x %s columns, as %s says"
                .formatted(grid.rows(), grid.columns(), BuiltFolder.FILE));
    boolean single = Files.isRegularFile(folder.resolve(NpyMetadata.FILE));
    Set<String> unread = new TreeSet<>();
    for (String split : splits) {
      Path place = single ? folder : folder.resolve(split);
      notes.add("split %s: %s, the set all".formatted(split, place));
      for (String name : names(place)) {
        if (!name.startsWith("all__") && !KNOWN.contains(name)) {
          unread.add(single ? name : split + "/" + name);
        }
      }
    }
    if (!single) {
      for (String name : names(folder)) {
        if (!splits.contains(name) && !KNOWN.contains(name)) {
          unread.add(name);
        }
      }
    }
    if (!unread.isEmpty()) {
      notes.add(
          "not read: %s%s"
              .formatted(
                  String.join(", ", unread.stream().limit(MOST_NAMED).toList()),
                  unread.size() > MOST_NAMED
                      ? " and %s more".formatted(unread.size() - MOST_NAMED)
                      : ""));
    }
    return notes;
  }

  private static List<String> names(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .map(entry -> String.valueOf(entry.getFileName()))
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(folder, e), e);
    }
  }
}
