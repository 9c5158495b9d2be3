package org.trm4j.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.trm4j.checkpoint.content.Sha256;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;

/**
 * Which tasks the rows of a model's puzzle embedding are, by name. A model's metadata keeps the
 * names, or where they are very many only their SHA-256.
 *
 * @param names by identifier; empty where the model keeps only the digest, or nothing
 * @param sha256 of the names, each with a line feed after it, in hexadecimal digits; empty where
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

  /** Returns the names of a data set with their digest; no names are not known. */
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
   * @throws InvalidPuzzleException where no task of that name is known
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  public int identifier(String name) {
    int identifier = names.indexOf(name);
    if (identifier >= 0) {
      return identifier;
    }
    throw new InvalidPuzzleException(
        names.isEmpty()
            ? "task %s: %s; give the puzzle identifier"
                .formatted(
                    name,
                    known()
                        ? "the model keeps only a digest of its tasks' names"
                        : "the model does not name its tasks")
            : "task %s: the model was not trained on it, expected one of %s, such as %s"
                .formatted(name, names.size(), names.getLast()));
  }

  private static String digest(List<String> names) {
    MessageDigest digest = Sha256.digest();
    for (String name : names) {
      digest.update((name + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.text(digest);
  }
}
