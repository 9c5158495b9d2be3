package org.trm4j.training.mixture;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.SymmetryKey;

/**
 * The puzzles of the splits that are not trained on, by key: up to symmetry where the domain has
 * one, else by their tokens.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TestedPuzzles {
  /** No puzzle. */
  static final TestedPuzzles NONE = new TestedPuzzles(Optional.empty());

  private final Optional<SymmetryKey> symmetry;
  private final Set<String> keys = new HashSet<>();

  private TestedPuzzles(Optional<SymmetryKey> symmetry) {
    this.symmetry = symmetry;
  }

  /** Collects the puzzles of every split but {@code train}. */
  public static TestedPuzzles of(Dataset dataset) {
    TestedPuzzles tested = new TestedPuzzles(dataset.domain().symmetry());
    for (String name : dataset.splits()) {
      if (!name.equals("train")) {
        ExampleSource split = dataset.split(name);
        for (int i = 0; i < split.size(); i++) {
          tested.keys.add(tested.key(split.get(i)));
        }
      }
    }
    return tested;
  }

  /** Returns the number of different puzzles. */
  public int size() {
    return keys.size();
  }

  /** Returns whether an example has the key of one of the puzzles. */
  public boolean contains(Example example) {
    return !keys.isEmpty() && keys.contains(key(example));
  }

  /** Returns the key of an example. */
  public String key(Example example) {
    return symmetry
        .map(s -> s.key(example.tokens()))
        .orElseGet(() -> Arrays.toString(example.tokens()));
  }
}
