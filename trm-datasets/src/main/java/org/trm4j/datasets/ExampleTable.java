package org.trm4j.datasets;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.Loss;

/**
 * Examples of one length, one byte a token: millions of them fit into memory. Filled by one thread,
 * then read by many.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ExampleTable implements RatedSource {
  private static final int ROWS_OF_CHUNK = 4096;
  private static final int IGNORED = 0xFF;

  private final List<byte[]> chunks = new ArrayList<>();
  private final int length;
  private int[] ratings = new int[64];
  private int size;

  /**
   * Creates an empty table.
   *
   * @param length S, tokens of an example
   */
  public ExampleTable(int length) {
    this.length = length;
  }

  /** Adds an example; its puzzle identifier is not kept. */
  public void add(Example example, int rating) {
    if (size % ROWS_OF_CHUNK == 0) {
      chunks.add(new byte[Math.multiplyExact(ROWS_OF_CHUNK, 2 * length)]);
    }
    if (size == ratings.length) {
      ratings = Arrays.copyOf(ratings, 2 * size);
    }
    set(size++, example, rating);
  }

  /** Replaces an example. */
  public void set(int index, Example example, int rating) {
    if (example.tokens().length != length) {
      throw new DatasetException(
          "%d tokens, expected %d".formatted(example.tokens().length, length));
    }
    byte[] chunk = chunks.get(index / ROWS_OF_CHUNK);
    int at = index % ROWS_OF_CHUNK * 2 * length;
    for (int i = 0; i < length; i++) {
      int label = example.labels()[i];
      chunk[at + i] = (byte) example.tokens()[i];
      chunk[at + length + i] = (byte) (label == Loss.IGNORED ? IGNORED : label);
    }
    ratings[index] = rating;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Example get(int index) {
    byte[] chunk = chunks.get(Objects.checkIndex(index, size) / ROWS_OF_CHUNK);
    int at = index % ROWS_OF_CHUNK * 2 * length;
    int[] tokens = new int[length];
    int[] labels = new int[length];
    for (int i = 0; i < length; i++) {
      tokens[i] = chunk[at + i] & 0xFF;
      int label = chunk[at + length + i] & 0xFF;
      labels[i] = label == IGNORED ? Loss.IGNORED : label;
    }
    return new Example(tokens, labels, 0);
  }

  @Override
  public int rating(int index) {
    return ratings[Objects.checkIndex(index, size)];
  }
}
