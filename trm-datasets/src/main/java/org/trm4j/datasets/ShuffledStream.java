package org.trm4j.datasets;

import java.util.SplittableRandom;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Passes over all examples repeatedly, each time in a new order. */
final class ShuffledStream implements ExampleStream {
  private final ExampleSource source;
  private final PuzzleDomain domain;
  private final boolean augment;
  private final SplittableRandom random;
  private final int[] order;
  private int at;

  ShuffledStream(ExampleSource source, PuzzleDomain domain, long seed, boolean augment) {
    if (source.size() == 0) {
      throw new DatasetException("data set %s: the split train is empty".formatted(domain.id()));
    }
    this.source = source;
    this.domain = domain;
    this.augment = augment;
    this.random = new SplittableRandom(seed);
    this.order = new int[source.size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.at = order.length;
  }

  @Override
  public Example next() {
    Example example = source.get(advance());
    // Each example has its own generator, so the number of draws of an augmentation does not change
    // the order.
    SplittableRandom own = random.split();
    return augment
        ? domain.augmentation().map(a -> a.augment(example, own)).orElse(example)
        : example;
  }

  /** Draws the orders again, but reads and augments nothing. */
  @Override
  public void skip(long count) {
    for (long i = 0; i < count; i++) {
      advance();
      random.split();
    }
  }

  private int advance() {
    if (at == order.length) {
      for (int i = order.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = order[i];
        order[i] = order[j];
        order[j] = swap;
      }
      at = 0;
    }
    return order[at++];
  }
}
