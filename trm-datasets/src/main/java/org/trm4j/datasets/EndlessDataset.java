package org.trm4j.datasets;

import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Evaluator;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * A data set with endless training examples, made on demand: example p of its stream depends only
 * on the generator's seed, the stream's seed and p. The split {@code train} has no list; the other
 * splits do.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class EndlessDataset implements Dataset {
  /** What a user writes for training examples without end: train=endless. */
  public static final String ENDLESS = "endless";

  private final Dataset lists;
  private final Generator generator;
  private final long seed;
  private final int threads;

  /**
   * Creates a data set; as many threads as there are processors make its examples.
   *
   * @param lists holds the splits that have an end, such as {@code test}; closed with this one
   * @param generator makes training examples, none of them an example of another split
   * @param seed of the generator
   */
  public EndlessDataset(Dataset lists, Generator generator, long seed) {
    this(lists, generator, seed, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Creates a data set.
   *
   * @param threads that make examples in advance; their number does not change the examples
   */
  EndlessDataset(Dataset lists, Generator generator, long seed, int threads) {
    this.lists = lists;
    this.generator = generator;
    this.seed = seed;
    this.threads = threads;
  }

  /**
   * Throws if a data set has training examples without end: a caller that writes all splits of a
   * data set would otherwise silently leave them out, because they are not a split.
   *
   * @throws DatasetException that says what to request instead
   */
  public static void refuse(Dataset dataset) {
    if (dataset.unwrap() instanceof EndlessDataset) {
      dataset.split("train");
    }
  }

  @Override
  public PuzzleDomain domain() {
    return lists.domain();
  }

  @Override
  public int puzzleIdentifiers() {
    return lists.puzzleIdentifiers();
  }

  @Override
  public List<String> identifierNames() {
    return lists.identifierNames();
  }

  @Override
  public Set<String> splits() {
    return lists.splits();
  }

  @Override
  public ExampleSource split(String name) {
    if (name.equals("train")) {
      throw new DatasetException(
          "data set %s: the training examples have no end, so there is no list of them; ask for a number of them, such as train=1000"
              .formatted(domain().id()));
    }
    return lists.split(name);
  }

  @Override
  public ExampleStream trainingStream(long streamSeed, boolean augment) {
    Augmentation augmentation = augment ? domain().augmentation().orElse(null) : null;
    long of = mix(mix(seed) + streamSeed);
    return new EndlessStream(
        position -> {
          long own = mix(of + position);
          Example example = generator.example(own);
          return augmentation == null
              ? example
              : augmentation.augment(example, new SplittableRandom(~own));
        },
        threads);
  }

  /** A Weyl sequence through the finalizer of SplitMix64 (variant 13). */
  private static long mix(long value) {
    long z = value * 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  @Override
  public Evaluator evaluator(String split) {
    return lists.evaluator(split);
  }

  @Override
  public List<Dataset.SkippedRow> skipped() {
    return lists.skipped();
  }

  @Override
  public void close() {
    lists.close();
  }

  /**
   * Makes a training example from a seed: the same seed gives the same example for every caller and
   * in any order. Thread-safe.
   */
  @FunctionalInterface
  public interface Generator {

    /**
     * Returns the example of a seed; throws {@link org.trm4j.dataset.spi.DatasetException} where no
     * example of the wanted kind is found.
     */
    Example example(long seed);
  }
}
