package org.trm4j.tck;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Generated {@link Pairs}. */
record PairsDataset(Pairs pairs, List<Example> train, List<Example> test, DatasetDefect defect)
    implements Dataset {
  private static final AtomicLong CALLS = new AtomicLong();

  /** Examples of a split. */
  private record Source(List<Example> examples) implements ExampleSource {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public Example get(int index) {
      return examples.get(index);
    }
  }

  @Override
  public PuzzleDomain domain() {
    return defect == DatasetDefect.OTHER_DOMAIN ? new Pairs(DatasetDefect.NONE) : pairs;
  }

  @Override
  public int puzzleIdentifiers() {
    return 1;
  }

  @Override
  public Set<String> splits() {
    return Set.of("train", "test");
  }

  @Override
  public ExampleSource split(String name) {
    if (!splits().contains(name)) {
      throw new DatasetException("pairs: no split %s, there are train and test".formatted(name));
    }
    return new Source(name.equals("train") ? train : test);
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    SplittableRandom random =
        new SplittableRandom(
            defect == DatasetDefect.STREAM_WITHOUT_SEED ? CALLS.incrementAndGet() : seed);
    return () -> {
      Example example = train.get(random.nextInt(train.size()));
      return augment ? pairs.augment(example, random) : example;
    };
  }

  @Override
  public Evaluator evaluator(String split) {
    return new Evaluator() {
      @Override
      public void accept(int index, int[] prediction, float haltLogit) {
        // Nothing is collected.
      }

      @Override
      public Map<String, Double> report() {
        return Map.of();
      }

      @Override
      public void write(Path folder) {
        // There are no files.
      }
    };
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
