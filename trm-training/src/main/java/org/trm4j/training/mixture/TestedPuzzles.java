package org.trm4j.training.mixture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.Symmetry;

/**
 * The puzzles of the splits that are not used for training: up to symmetry if the domain has one,
 * else by their tokens.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class TestedPuzzles {
  /** No puzzle. */
  static final TestedPuzzles NONE = new TestedPuzzles(null);

  private final Symmetry.@Nullable Key symmetry;

  /** One question of each class, by key: classes may share one. */
  private final Map<String, List<int[]>> classes = new HashMap<>();

  private int size;

  private TestedPuzzles(Symmetry.@Nullable Key symmetry) {
    this.symmetry = symmetry;
  }

  /** Collects the puzzles of every split but {@code train}. */
  public static TestedPuzzles of(Dataset dataset) {
    TestedPuzzles tested = new TestedPuzzles(dataset.domain().symmetry().orElse(null));
    for (String name : dataset.splits()) {
      if (!name.equals("train")) {
        ExampleSource split = dataset.split(name);
        for (int i = 0; i < split.size(); i++) {
          tested.add(split.get(i).tokens());
        }
      }
    }
    return tested;
  }

  private void add(int[] question) {
    List<int[]> known = classes.computeIfAbsent(key(question), key -> new ArrayList<>(1));
    if (!contains(known, question)) {
      known.add(question);
      size++;
    }
  }

  /** Returns the number of different puzzles. */
  public int size() {
    return size;
  }

  /** Returns whether an example is one of the puzzles. */
  public boolean contains(Example example) {
    return size > 0
        && contains(classes.getOrDefault(key(example.tokens()), List.of()), example.tokens());
  }

  private boolean contains(List<int[]> known, int[] question) {
    for (int[] one : known) {
      if (symmetry == null ? Arrays.equals(one, question) : symmetry.same(one, question)) {
        return true;
      }
    }
    return false;
  }

  private String key(int[] question) {
    return symmetry == null ? Arrays.toString(question) : symmetry.key(question);
  }
}
