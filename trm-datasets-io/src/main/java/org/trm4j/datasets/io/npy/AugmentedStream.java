package org.trm4j.datasets.io.npy;

import java.util.SplittableRandom;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;

/** Augments each example of a stream anew; what is skipped is not augmented. */
final class AugmentedStream implements ExampleStream {
  private final ExampleStream examples;
  private final Augmentation augmentation;
  private final SplittableRandom random;

  AugmentedStream(ExampleStream examples, Augmentation augmentation, long seed) {
    this.examples = examples;
    this.augmentation = augmentation;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public Example next() {
    return augmentation.augment(examples.next(), random.split());
  }

  @Override
  public void skip(long count) {
    examples.skip(count);
    for (long i = 0; i < count; i++) {
      random.split();
    }
  }

  @Override
  public void close() {
    examples.close();
  }
}
