package org.trm4j.datasets.io.arc;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The subsets that a folder or file holds: {@code arc-agi_NAME_challenges.json} with its solutions,
 * folders NAME of files of tasks, or the sets of a file.
 */
final class ArcSubsets {
  static final String CHALLENGES = "_challenges.json";
  static final String SOLUTIONS = "_solutions.json";

  /** The value of the option {@code test} by which the tests of all subsets are evaluated. */
  static final String ALL = "all";

  private static final int DEPTH = 32;

  private static final int MOST_NAMED = 8;

  private ArcSubsets() {}

  /** Returns for each subset its challenges file, or the files of its tasks. */
  static Map<String, List<Path>> of(Path path) {
    String file = fileName(path);
    if (Files.isRegularFile(path)) {
      return file(path, file);
    }
    Map<String, List<Path>> subsets = new TreeMap<>();
    List<Path> tasks = new ArrayList<>();
    for (Path entry : list(path, 1)) {
      String name = fileName(entry);
      if (name.endsWith(CHALLENGES)) {
        List<Path> other = subsets.put(subset(name), List.of(entry));
        if (other != null) {
          throw new DatasetException(
              "%s: %s and %s are both the subset %s; move one away"
                  .formatted(path, fileName(other.getFirst()), name, subset(name)));
        }
      } else if (taskFile(entry)) {
        tasks.add(entry);
      }
    }
    if (!subsets.isEmpty()) {
      return subsets;
    }
    if (!tasks.isEmpty()) {
      return tasks.size() == 1 ? file(tasks.getFirst(), file) : Map.of(file, tasks);
    }
    for (Path folder : folders(path)) {
      List<Path> files = list(folder, DEPTH).stream().filter(ArcSubsets::taskFile).toList();
      if (!files.isEmpty()) {
        subsets.put(fileName(folder), files);
      }
    }
    List<Path> others =
        list(path, 1).stream().filter(other -> fileName(other).endsWith(".json")).toList();
    if (subsets.isEmpty() && !others.isEmpty()) {
      // None looks like a task: the reader says what is wrong with the first.
      return Map.of(file, others);
    }
    // A folder around the subsets, as data/ in a clone, is no subset.
    if (subsets.size() == 1) {
      Path only = path.resolve(subsets.keySet().iterator().next());
      if (list(only, 1).isEmpty()) {
        return of(only);
      }
    }
    return subsets;
  }

  private static Map<String, List<Path>> file(Path file, String name) {
    Map<String, List<Path>> subsets = new TreeMap<>();
    if (fileName(file).endsWith(CHALLENGES)) {
      subsets.put(subset(fileName(file)), List.of(file));
    } else if (ArcShape.of(file) == ArcShape.SETS) {
      ArcShape.sets(file).forEach(set -> subsets.put(set, List.of(file)));
    } else {
      subsets.put(name.replaceFirst("\\.jsonl?$", ""), List.of(file));
    }
    return subsets;
  }

  private static boolean taskFile(Path file) {
    String name = fileName(file);
    return (name.endsWith(".json") || name.endsWith(".jsonl"))
        && !name.endsWith(SOLUTIONS)
        && !ArcShape.other(file);
  }

  /** Returns the visible JSON files of a folder that hold something else than tasks. */
  static List<String> notTasks(Path path) {
    return Files.isRegularFile(path)
        ? List.of()
        : list(path, DEPTH).stream()
            .filter(file -> fileName(file).endsWith(".json") && !fileName(file).endsWith(SOLUTIONS))
            .filter(ArcShape::other)
            .map(file -> path.relativize(file).toString())
            .limit(MOST_NAMED)
            .toList();
  }

  /** Returns the subsets that the published recipes train on, of those that there are. */
  static List<String> chosen(Map<String, List<Path>> found, String wanted, Path path) {
    if (!wanted.isEmpty()) {
      List<String> names = List.of(wanted.split("\\+", -1));
      for (String name : names) {
        if (!found.containsKey(name)) {
          throw new DatasetException(
              "%s: no subset %s, there are %s".formatted(path, name, found.keySet()));
        }
      }
      return names;
    }
    for (String suffix : new String[] {"", "2"}) {
      if (found.containsKey("training" + suffix) && found.containsKey("evaluation" + suffix)) {
        List<String> names = new ArrayList<>(List.of("training" + suffix, "evaluation" + suffix));
        if (found.containsKey("concept")) {
          names.add("concept");
        }
        return names;
      }
    }
    return List.copyOf(found.keySet());
  }

  /** Returns the subset whose test pairs are evaluated, or {@link #ALL}. */
  static String tested(List<String> subsets, String wanted, Path path) {
    if (!wanted.isEmpty()) {
      if (!subsets.contains(wanted) && !wanted.equals(ALL)) {
        throw new DatasetException(
            "%s: the test subset %s is none of %s, nor all".formatted(path, wanted, subsets));
      }
      return wanted;
    }
    for (String name : new String[] {"evaluation", "evaluation2", "eval"}) {
      if (subsets.contains(name)) {
        return name;
      }
    }
    return ALL;
  }

  /** Returns the solutions that belong to a challenges file, whether they exist or not. */
  static Path solutions(Path challenges) {
    return challenges.resolveSibling(fileName(challenges).replace(CHALLENGES, SOLUTIONS));
  }

  /** Returns the first task file, or null; looks at few files. */
  static @Nullable Path anyTask(Path path) {
    Map<String, List<Path>> subsets = new LinkedHashMap<>(of(path));
    return subsets.isEmpty() ? null : subsets.values().iterator().next().getFirst();
  }

  private static String subset(String file) {
    String name = file.substring(0, file.length() - CHALLENGES.length());
    return name.substring(name.lastIndexOf('_') + 1);
  }

  static String fileName(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<Path> list(Path folder, int depth) {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> visible(folder, file))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(folder, e), e);
    }
  }

  /** Files of editors and systems, such as .ipynb_checkpoints and ._x.json, are no tasks. */
  private static boolean visible(Path root, Path file) {
    for (Path part : root.relativize(file)) {
      if (part.toString().startsWith(".")) {
        return false;
      }
    }
    return true;
  }

  private static List<Path> folders(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isDirectory)
          .filter(inner -> visible(folder, inner))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DatasetException("%s: cannot be read: %s".formatted(folder, e), e);
    }
  }
}
