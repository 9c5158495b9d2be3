package org.trm4j.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Symmetry;

/**
 * Divides generated puzzles into train and test by their symmetry class, so that no test puzzle
 * equals a training puzzle under any symmetry.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class SplitBySymmetry {
  /** How many of 8 classes are test. */
  private static final int TEST_OF_8 = 2;

  private static final int MAX_TRIES_IN_A_ROW = 20_000;

  private final String name;
  private final Symmetry.Key symmetry;

  /**
   * Generated puzzles, each different.
   *
   * @param train of the training split
   * @param test of the test split
   */
  public record Splits(List<Example> train, List<Example> test) {

    /** Returns the puzzles by the name of their split. */
    public Map<String, List<Example>> byName() {
      Map<String, List<Example>> splits = new LinkedHashMap<>();
      splits.put("train", train);
      splits.put("test", test);
      return splits;
    }
  }

  /**
   * Creates it.
   *
   * @param name of the data set, for messages
   */
  public SplitBySymmetry(String name, Symmetry.Key symmetry) {
    this.name = name;
    this.symmetry = symmetry;
  }

  /**
   * Draws puzzles until both splits are full; throws {@link DatasetException} if no new ones
   * appear.
   */
  public Splits fill(int train, int test, Supplier<Example> generator) {
    Splits splits = new Splits(new ArrayList<>(train), new ArrayList<>(test));
    Set<String> seen = new HashSet<>();
    int tries = 0;
    while (splits.train.size() < train || splits.test.size() < test) {
      Example puzzle = generator.get();
      boolean isTest = test(puzzle);
      List<Example> target = isTest ? splits.test : splits.train;
      if (target.size() < (isTest ? test : train) && seen.add(Arrays.toString(puzzle.tokens()))) {
        target.add(puzzle);
        tries = 0;
      } else if (++tries > MAX_TRIES_IN_A_ROW) {
        throw new DatasetException(
            "%s: found %s of %s training and %s of %s test puzzles of that kind; ask for fewer"
                .formatted(name, splits.train.size(), train, splits.test.size(), test));
      }
    }
    return splits;
  }

  /**
   * Draws puzzles until one belongs to the training split; throws {@link DatasetException} if none
   * appears.
   */
  public Example training(Supplier<Example> generator) {
    for (int tries = 0; tries < MAX_TRIES_IN_A_ROW; tries++) {
      Example puzzle = generator.get();
      if (!test(puzzle)) {
        return puzzle;
      }
    }
    throw new DatasetException(
        "%s: none of %s puzzles belongs to the training split".formatted(name, MAX_TRIES_IN_A_ROW));
  }

  /** Returns whether a puzzle's symmetry class is one of the test split. */
  public boolean test(Example puzzle) {
    return Math.floorMod(mix(symmetry.key(puzzle.tokens())), 8) < TEST_OF_8;
  }

  private static int mix(String key) {
    int h = key.hashCode() * 0x9E3779B9;
    return h ^ h >>> 15;
  }
}
