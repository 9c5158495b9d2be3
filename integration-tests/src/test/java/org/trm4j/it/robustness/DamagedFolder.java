package org.trm4j.it.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of files that belong together, of which one is damaged at a time. */
final class DamagedFolder {
  private final Path path;
  private final Map<String, byte[]> good;
  private final List<String> names;
  private final int length;

  private DamagedFolder(Path path, Map<String, byte[]> good) {
    this.path = path;
    this.good = good;
    this.names = new ArrayList<>(good.keySet());
    this.length = good.values().stream().mapToInt(bytes -> bytes.length).sum();
  }

  /** Takes the folder as it is now for good. */
  static DamagedFolder of(Path path) throws IOException {
    Map<String, byte[]> good = new TreeMap<>();
    for (Path file : files(path)) {
      good.put(path.relativize(file).toString(), Files.readAllBytes(file));
    }
    return new DamagedFolder(path, good);
  }

  private static List<Path> files(Path path) throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  Path path() {
    return path;
  }

  /** Tries the parser on the folder with each seed's damage. */
  void fuzz(
      FuzzSeeds seeds, Set<Class<? extends RuntimeException>> refusals, Guarded.Parser parser) {
    seeds.forEach(seed -> fuzz(seed, refusals, parser));
  }

  /**
   * Damages one file, or leaves it out, or exchanges it for another one of the folder; runs the
   * parser; and makes all good again.
   */
  private void fuzz(
      long seed, Set<Class<? extends RuntimeException>> refusals, Guarded.Parser parser) {
    SplittableRandom random = new SplittableRandom(seed);
    String name = name(random);
    Guarded.accepts(
        new byte[length],
        refusals,
        input -> {
          Path file = path.resolve(name);
          switch (random.nextInt(16)) {
            case 0 -> Files.delete(file);
            case 1 -> Files.write(file, bytes(name(random)));
            default -> Files.write(file, Damage.of(bytes(name), random.nextLong()));
          }
          try {
            parser.parse(input);
          } finally {
            restore();
          }
        });
  }

  private String name(SplittableRandom random) {
    return names.get(random.nextInt(names.size()));
  }

  private byte[] bytes(String name) {
    byte[] bytes = good.get(name);
    return bytes == null ? new byte[0] : bytes;
  }

  private void restore() throws IOException {
    for (Path file : files(path)) {
      String name = path.relativize(file).toString();
      byte[] bytes = good.get(name);
      if (bytes == null) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, byte[]> entry : good.entrySet()) {
      Path file = path.resolve(entry.getKey());
      if (!Files.exists(file)
          || Files.size(file) != entry.getValue().length
          || !Arrays.equals(Files.readAllBytes(file), entry.getValue())) {
        Files.write(file, entry.getValue());
      }
    }
  }

  void delete() throws IOException {
    try (Stream<Path> entries = Files.walk(path)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
