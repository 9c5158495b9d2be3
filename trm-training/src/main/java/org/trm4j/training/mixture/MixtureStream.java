package org.trm4j.training.mixture;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;

/**
 * Which stream example p comes from follows from the seed, p and the weights at the step; each
 * stream goes on in its own order. So a part that rests for a while goes on where it was.
 */
final class MixtureStream implements ExampleStream {
  private final List<ExampleStream> streams;
  private final List<Weight> weights;
  private final long seed;
  private final long[] taken;
  private long position;

  MixtureStream(List<ExampleStream> streams, List<Weight> weights, long seed) {
    this.streams = List.copyOf(streams);
    this.weights = List.copyOf(weights);
    this.seed = seed;
    this.taken = new long[streams.size()];
  }

  @Override
  public Example next() {
    return next(1);
  }

  @Override
  public Example next(long step) {
    int part = part(step);
    position++;
    taken[part]++;
    return streams.get(part).next(step);
  }

  private int part(long step) {
    double sum = 0;
    for (Weight weight : weights) {
      sum += weight.at(step);
    }
    double rest = new SplittableRandom(seed * 0xD1342543DE82EF95L + position).nextDouble() * sum;
    int last = -1;
    for (int i = 0; i < weights.size(); i++) {
      double weight = weights.get(i).at(step);
      if (weight > 0) {
        last = i;
        rest -= weight;
        if (rest < 0) {
          return i;
        }
      }
    }
    return last;
  }

  /** For each part the examples taken, the length of its own state, and that. */
  @Override
  public String state() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < taken.length; i++) {
      String own = streams.get(i).state();
      text.append(taken[i]).append(' ').append(own.length()).append(' ').append(own).append(';');
    }
    return text.toString();
  }

  @Override
  public void resume(long count, String state) {
    String[] own = new String[taken.length];
    try {
      int at = 0;
      for (int i = 0; i < taken.length; i++) {
        int first = state.indexOf(' ', at);
        int second = state.indexOf(' ', first + 1);
        taken[i] = Long.parseLong(state.substring(at, first));
        at = second + 1 + Integer.parseInt(state.substring(first + 1, second));
        own[i] = state.substring(second + 1, at);
        at++;
      }
      if (at != state.length() || Arrays.stream(taken).sum() != count) {
        throw error(count, state, null);
      }
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw error(count, state, e);
    }
    position = count;
    for (int i = 0; i < taken.length; i++) {
      streams.get(i).resume(taken[i], own[i]);
    }
  }

  private DatasetException error(long count, String state, @Nullable Exception cause) {
    return new DatasetException(
        "mixture: the run was at '%s', expected %d data sets of which it took %d examples"
            .formatted(state, taken.length, count),
        cause);
  }

  @Override
  public void skip(long count) {
    for (long i = 0; i < count; i++) {
      next();
    }
  }

  @Override
  public void close() {
    streams.forEach(ExampleStream::close);
  }
}
