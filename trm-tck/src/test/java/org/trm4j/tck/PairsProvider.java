package org.trm4j.tck;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Makes {@link Pairs}, with a defect. */
public final class PairsProvider implements DatasetProvider {
  private final DatasetDefect defect;

  /** Called by the service loader. */
  public PairsProvider() {
    this(DatasetDefect.NONE);
  }

  PairsProvider(DatasetDefect defect) {
    this.defect = defect;
  }

  @Override
  public String id() {
    return defect == DatasetDefect.WRONG_ID ? "not-registered" : "pairs";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "a.b. becomes aabb";
  }

  @Override
  public List<DatasetProvider.Option> options() {
    return List.of(new DatasetProvider.Option("seed", "1", "of the generator"));
  }

  @Override
  public PuzzleDomain domain(Map<String, String> options) {
    return new Pairs(
        switch (defect) {
          case OTHER_DOMAIN -> DatasetDefect.OUT_OF_VOCABULARY;
          case DOMAIN_FORGETS_OPTIONS -> DatasetDefect.NONE;
          default -> defect;
        });
  }

  @Override
  public boolean accepts(Path path) {
    return false;
  }

  @Override
  public Dataset open(Path path, Map<String, String> options) {
    throw new DatasetException("pairs: has no files");
  }

  @Override
  public boolean generates() {
    return true;
  }

  @Override
  public Dataset generate(Map<String, String> options) {
    if (defect != DatasetDefect.TAKES_ANY_OPTION && !Set.of("seed").containsAll(options.keySet())) {
      throw new DatasetException("pairs: options %s, expected seed".formatted(options.keySet()));
    }
    long seed = defect == DatasetDefect.IGNORES_THE_SEED ? 1 : Long.parseLong(options.get("seed"));
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> train = new ArrayList<>();
    List<Example> test = new ArrayList<>();
    TreeSet<Integer> seen = new TreeSet<>();
    while (train.size() < 20 || test.size() < 5) {
      int a = random.nextInt(Pairs.SYMBOLS);
      int b = random.nextInt(Pairs.SYMBOLS);
      // The distance of a and b stays the same when both are rotated.
      List<Example> split = Math.floorMod(a - b, Pairs.SYMBOLS) < 3 ? test : train;
      if (split.size() < (split == test ? 5 : 20) && seen.add(a * Pairs.SYMBOLS + b)) {
        split.add(Pairs.puzzle(a + 1, b + 1));
      }
    }
    return new PairsDataset(
        new Pairs(defect),
        train,
        switch (defect) {
          case TEST_IS_TRAIN -> train;
          case TEST_IS_TURNED_TRAIN -> turned(train);
          default -> test;
        },
        defect);
  }

  /** Other questions from the classes used in training. */
  private static List<Example> turned(List<Example> train) {
    return train.stream()
        .map(
            e -> Pairs.puzzle(e.tokens()[0] % Pairs.SYMBOLS + 1, e.tokens()[2] % Pairs.SYMBOLS + 1))
        .filter(e -> train.stream().noneMatch(t -> Arrays.equals(t.tokens(), e.tokens())))
        .toList();
  }
}
