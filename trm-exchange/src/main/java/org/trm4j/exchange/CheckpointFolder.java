package org.trm4j.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.CheckpointException;

/**
 * The files of a published checkpoint.
 *
 * @param weights the checkpoint
 * @param configuration the YAML or JSON file beside it, if any
 * @param dataset the {@code dataset.json} beside it, if any
 */
record CheckpointFolder(Path weights, @Nullable Path configuration, @Nullable Path dataset) {
  private static final String STEP = "step_[0-9]{1,18}";

  /** The name under which HRM's checkpoints are published. */
  private static final String CHECKPOINT = "checkpoint";

  private static final List<String> ENDINGS =
      List.of(".safetensors", ".ckpt", ".pt", ".pth", ".bin");
  private static final int NAMED = 10;

  /**
   * Finds them.
   *
   * @param source the checkpoint, or a folder with one; the last of several {@code step_N} is used
   */
  static CheckpointFolder find(Path source) {
    if (!Files.exists(source)) {
      throw new CheckpointException("%s: no such file or folder".formatted(source));
    }
    Path weights = Files.isDirectory(source) ? weights(source) : source;
    Path folder = weights.toAbsolutePath().getParent();
    String file = weights.getFileName().toString();
    String stem = file.contains(".") ? file.substring(0, file.lastIndexOf('.')) : file;
    return new CheckpointFolder(
        weights,
        first(
            folder,
            file + ".yaml",
            stem + ".yaml",
            stem + ".yml",
            "all_config.yaml",
            "../all_config.yaml",
            "config.yaml",
            "config.yml",
            ".hydra/config.yaml",
            stem + ".json",
            "config.json"),
        first(folder, "dataset.json", "train/dataset.json", "test/dataset.json"));
  }

  private static Path weights(Path folder) {
    List<Path> steps = new ArrayList<>();
    List<Path> others = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.matches(STEP)) {
          steps.add(file);
        } else if (name.equals(CHECKPOINT)
            || ENDINGS.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
          others.add(file);
        }
      }
    } catch (IOException e) {
      throw new CheckpointException("%s: cannot be read: %s".formatted(folder, e), e);
    }
    List<Path> found = new ArrayList<>(others);
    steps.stream().max(Comparator.comparingLong(CheckpointFolder::step)).ifPresent(found::add);
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new CheckpointException(
        found.isEmpty()
            ? "%s: holds no checkpoint; expected step_N, checkpoint, or a file that ends in %s"
                .formatted(folder, String.join(", ", ENDINGS))
            : "%s: holds %s checkpoints, expected one; name it: %s"
                .formatted(
                    folder,
                    found.size(),
                    String.join(
                        ", ",
                        found.stream()
                            .limit(NAMED)
                            .map(file -> file.getFileName().toString())
                            .toList())));
  }

  private static long step(Path file) {
    return Long.parseLong(file.getFileName().toString().substring("step_".length()));
  }

  private static @Nullable Path first(@Nullable Path folder, String... names) {
    for (String name : names) {
      Path file = folder == null ? Path.of(name) : folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }
}
