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
  private record Source(List<Example> examples, DatasetDefect defect) implements ExampleSource {
    @Override
    public int size() {
      return examples.size();
    }

    @Override
    public Example get(int index) {
      boolean other = defect == DatasetDefect.EXAMPLES_CHANGE && CALLS.incrementAndGet() % 2 == 0;
      Example example = examples.get(other ? (index + 1) % examples.size() : index);
      return defect == DatasetDefect.IDENTIFIER_OUT_OF_RANGE
          ? new Example(example.tokens(), example.labels(), 1)
          : example;
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
    return new Source(name.equals("train") ? train : test, defect);
  }

  @Override
  public ExampleStream trainingStream(long seed, boolean augment) {
    SplittableRandom random =
        new SplittableRandom(
            defect == DatasetDefect.STREAM_WITHOUT_SEED ? CALLS.incrementAndGet() : seed);
    return new ExampleStream() {
      @Override
      public Example next() {
        Example example = train.get(random.nextInt(train.size()));
        return augment ? pairs.augment(example, random) : example;
      }

      @Override
      public void skip(long count) {
        if (defect != DatasetDefect.STREAM_SKIPS_NOTHING) {
          ExampleStream.super.skip(count);
        }
      }
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
