package org.trm4j.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.checkpoint.safetensors.Sha256;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.model.ModelConfig;

/**
 * The names of the tasks to which the rows of a model's puzzle embedding belong. A model's metadata
 * keeps the names or, if they are very many, only their SHA-256.
 *
 * @param names by identifier; empty if the model keeps only the digest, or nothing
 * @param sha256 of the names, each with a line feed after it, in hexadecimal digits; empty if
 *     nothing is known
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record IdentifierNames(List<String> names, String sha256) {
  private static final String NAMES_KEY = "identifiers";
  private static final String DIGEST_KEY = "identifiersSha256";

  /** Characters of names that a model keeps. */
  private static final int KEPT = 1 << 18;

  /** Copies the names. */
  public IdentifierNames {
    names = List.copyOf(names);
  }

  /** Returns the names of a data set with their digest; a data set without names has none. */
  public static IdentifierNames of(List<String> names) {
    return new IdentifierNames(names, names.isEmpty() ? "" : digest(names));
  }

  /** Returns what a model keeps. */
  public static IdentifierNames of(SavedModel model) {
    String kept = model.metadata().getOrDefault(NAMES_KEY, "");
    return new IdentifierNames(
        kept.lines().toList(), model.metadata().getOrDefault(DIGEST_KEY, ""));
  }

  /** Returns whether anything is known. */
  public boolean known() {
    return !sha256.isEmpty();
  }

  /** Returns the metadata that a model keeps. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new TreeMap<>();
    if (known()) {
      metadata.put(DIGEST_KEY, sha256);
      long length = names.stream().mapToLong(name -> name.length() + 1L).sum();
      // A name with a line feed could not be told from two.
      if (length <= KEPT && names.stream().allMatch(name -> name.lines().count() == 1)) {
        metadata.put(NAMES_KEY, String.join("\n", names));
      }
    }
    return metadata;
  }

  /**
   * Returns the identifier of a task.
   *
   * @param task its name, or its number where names are not known
   * @param config of the model
   * @throws InvalidPuzzleException if no such task is known
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public int identifier(String task, ModelConfig config) {
    int identifier = names.isEmpty() ? number(task, config) : names.indexOf(task);
    if (identifier >= 0) {
      return identifier;
    }
    throw new InvalidPuzzleException(
        names.isEmpty()
            ? "task %s: %s, expected a number of 0 to %s"
                .formatted(task, nameless(), count(config) - 1)
            : "task %s: the model was not trained on it, expected one of %s, such as %s"
                .formatted(task, names.size(), example()));
  }

  /**
   * Returns the identifier of a puzzle whose task is not named.
   *
   * @param config of the model
   * @param rules whether the model's domain has rules that hold for every puzzle, so that its
   *     puzzles are of no task
   * @throws InvalidPuzzleException if the model tells several tasks apart: identifier 0 is then one
   *     task among others, or the blank one that no puzzle of training has
   */
  @API(status = API.Status.INTERNAL, since = "0.2.0")
  public int unnamed(ModelConfig config, boolean rules) {
    if (count(config) <= 1 || (names.isEmpty() && rules)) {
      return 0;
    }
    throw new InvalidPuzzleException(
        names.isEmpty()
            ? "puzzle: the model tells %s tasks apart, and %s, expected the number of the one that this puzzle is of, 0 to %s"
                .formatted(count(config), nameless(), count(config) - 1)
            : "puzzle: the model tells %s tasks apart, expected the name of the one that this puzzle is of, such as %s"
                .formatted(names.size(), example()));
  }

  /**
   * Names of augmented tasks are longer than those of the tasks; the first may be the blank one.
   */
  private String example() {
    return names.subList(names.size() == 1 ? 0 : 1, names.size()).stream()
        .min(Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private static int count(ModelConfig config) {
    return config.puzzleEmbDim() == 0 ? 1 : config.numPuzzleIdentifiers();
  }

  private String nameless() {
    return known()
        ? "the model keeps only a digest of its tasks' names"
        : "the model does not name its tasks";
  }

  private static int number(String task, ModelConfig config) {
    try {
      int number = Integer.parseInt(task);
      return number < count(config) ? number : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String digest(List<String> names) {
    MessageDigest digest = Sha256.digest();
    for (String name : names) {
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.text(digest);
  }
}
