package org.trm4j.training.mixture;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleStream;
import org.trm4j.training.Weight;

/**
 * The seed, p and the weights at the step decide from which stream example p comes; each stream
 * keeps its own order. So a part that pauses continues where it stopped. Examples of later parts
 * that are test puzzles of the first are left out.
 */
final class MixtureStream implements ExampleStream {
  private static final int TRIES = 10_000;

  private final List<ExampleStream> streams;
  private final List<Weight> weights;
  private final Predicate<Example> tested;
  private final long seed;
  private final PartCounts counts;
  private long position;

  MixtureStream(
      List<ExampleStream> streams, List<Weight> weights, Predicate<Example> tested, long seed) {
    this.streams = List.copyOf(streams);
    this.weights = List.copyOf(weights);
    this.tested = tested;
    this.seed = seed;
    this.counts = new PartCounts(streams.size());
  }

  @Override
  public Example next() {
    return next(1);
  }

  @Override
  public Example next(long step) {
    int part = part(step);
    position++;
    for (int i = 0; i < TRIES; i++) {
      counts.taken[part]++;
      Example example = streams.get(part).next(step);
      if (part == 0 || !tested.test(example)) {
        return example;
      }
      counts.refused[part]++;
    }
    throw new DatasetException(
        "mixture: %s examples of data set %s in a row are puzzles that the first is tested on"
            .formatted(TRIES, part + 1));
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

  @Override
  public String state() {
    return counts.write(streams.stream().map(ExampleStream::state).toList());
  }

  @Override
  public void resume(long count, String state) {
    List<String> own = counts.read(count, state);
    position = count;
    for (int i = 0; i < streams.size(); i++) {
      streams.get(i).resume(counts.taken[i], own.get(i));
    }
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

  /** The progress of each part, as text for a resumed run. */
  static final class PartCounts {
    final long[] taken;
    final long[] refused;

    PartCounts(int parts) {
      taken = new long[parts];
      refused = new long[parts];
    }

    /** For each part: examples taken, those refused of them, the length of its own state, that. */
    String write(List<String> states) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < taken.length; i++) {
        text.append(taken[i]);
        if (refused[i] > 0) {
          text.append('/').append(refused[i]);
        }
        String own = states.get(i);
        text.append(' ').append(own.length()).append(' ').append(own).append(';');
      }
      return text.toString();
    }

    /** Returns the parts' own states; throws if the text is not of that many examples. */
    List<String> read(long count, String state) {
      String[] own = new String[taken.length];
      long sum = 0;
      try {
        int at = 0;
        for (int i = 0; i < taken.length; i++) {
          int first = state.indexOf(' ', at);
          int second = state.indexOf(' ', first + 1);
          String[] numbers = state.substring(at, first).split("/", 2);
          taken[i] = Long.parseLong(numbers[0]);
          refused[i] = numbers.length == 1 ? 0 : Long.parseLong(numbers[1]);
          sum += taken[i] - refused[i];
          at = second + 1 + Integer.parseInt(state.substring(first + 1, second));
          own[i] = state.substring(second + 1, at);
          at++;
        }
        if (at != state.length() || sum != count) {
          throw error(count, state, null);
        }
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw error(count, state, e);
      }
      return List.of(own);
    }

    private DatasetException error(long count, String state, @Nullable Exception cause) {
      return new DatasetException(
          "mixture: the run was at '%s', expected %s data sets of which it took %s examples"
              .formatted(state, taken.length, count),
          cause);
    }
  }
}
