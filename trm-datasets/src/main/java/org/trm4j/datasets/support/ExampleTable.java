package org.trm4j.datasets.support;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.plan.operation.Loss;

/**
 * Examples of one length, with one byte per token if the vocabulary allows it, so that millions fit
 * into memory. Filled by one thread, then read by many.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ExampleTable implements RatedSource {
  private static final int ROWS_OF_CHUNK = 4096;

  /** The largest vocabulary whose tokens take one byte; the remaining value means ignored. */
  public static final int NARROW = 255;

  private final List<byte[]> chunks = new ArrayList<>();
  private final int length;
  private final int width;
  private final int ignored;
  private int[] ratings = new int[64];
  private int size;

  /**
   * Creates an empty table.
   *
   * @param length S, tokens of an example
   */
  public ExampleTable(int length) {
    this(length, NARROW);
  }

  /**
   * Creates an empty table.
   *
   * @param length S, tokens of an example
   * @param vocabSize V
   */
  public ExampleTable(int length, int vocabSize) {
    this.length = length;
    this.width = vocabSize <= NARROW ? 1 : 2;
    this.ignored = (1 << 8 * width) - 1;
  }

  /** Adds an example; its puzzle identifier is not kept. */
  public void add(Example example, int rating) {
    if (size % ROWS_OF_CHUNK == 0) {
      chunks.add(new byte[Math.multiplyExact(ROWS_OF_CHUNK, 2 * length * width)]);
    }
    if (size == ratings.length) {
      ratings = Arrays.copyOf(ratings, 2 * size);
    }
    set(size++, example, rating);
  }

  /** Replaces an example. */
  public void set(int index, Example example, int rating) {
    if (example.tokens().length != length || example.labels().length != length) {
      throw new DatasetException(
          "%s tokens and %s labels, expected %s"
              .formatted(example.tokens().length, example.labels().length, length));
    }
    byte[] chunk = chunks.get(index / ROWS_OF_CHUNK);
    int at = index % ROWS_OF_CHUNK * 2 * length;
    for (int i = 0; i < length; i++) {
      int label = example.labels()[i];
      put(chunk, at + i, checked(example.tokens()[i]));
      put(chunk, at + length + i, label == Loss.IGNORED ? ignored : checked(label));
    }
    ratings[index] = rating;
  }

  private int checked(int token) {
    if (token < 0 || token >= ignored) {
      throw new DatasetException(
          "token %s, expected 0 to %s in this table".formatted(token, ignored - 1));
    }
    return token;
  }

  private void put(byte[] chunk, int at, int value) {
    chunk[at * width] = (byte) value;
    if (width == 2) {
      chunk[at * 2 + 1] = (byte) (value >> 8);
    }
  }

  private int take(byte[] chunk, int at) {
    int low = chunk[at * width] & 0xFF;
    return width == 1 ? low : low | (chunk[at * 2 + 1] & 0xFF) << 8;
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
      tokens[i] = take(chunk, at + i);
      int label = take(chunk, at + length + i);
      labels[i] = label == ignored ? Loss.IGNORED : label;
    }
    return new Example(tokens, labels, 0);
  }

  @Override
  public int rating(int index) {
    return ratings[Objects.checkIndex(index, size)];
  }
}
