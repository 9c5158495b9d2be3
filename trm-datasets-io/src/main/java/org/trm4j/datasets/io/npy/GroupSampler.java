package org.trm4j.datasets.io.npy;

import java.util.SplittableRandom;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The reference's sampling: an epoch passes over the groups in random order, takes of each a random
 * puzzle, and of that puzzle its examples in random order. Not thread-safe.
 *
 * <p>The distribution is that of the published code; the random numbers are not numpy's.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class GroupSampler {
  private final GroupIndex index;
  private final SplittableRandom random;
  private final int[] order;
  private int group;
  private int[] puzzle = {};
  private int at;

  /** Creates a sampler. */
  public GroupSampler(GroupIndex index, long seed) {
    if (index.groups() == 0 || index.firstExample(index.firstPuzzle(index.groups())) == 0) {
      throw new DatasetException("sampling: there are no examples");
    }
    this.index = index;
    this.random = new SplittableRandom(seed);
    this.order = new int[index.groups()];
    this.group = order.length;
  }

  /** Returns the number of the next example, without end; every example of a puzzle comes. */
  public int next() {
    while (at == puzzle.length) {
      puzzle = draw();
      at = 0;
    }
    return puzzle[at++];
  }

  /**
   * Returns the numbers of a batch's examples as the reference packs them: of the puzzle that does
   * not fit any more only as many as there is room for, and the end of an epoch that does not fill
   * a batch is dropped.
   */
  public int[] batch(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch: size %s, expected at least 1".formatted(size));
    }
    int[] batch = new int[size];
    int filled = 0;
    int dropped = 0;
    while (filled < size) {
      if (group == order.length) {
        // The first may have been the rest of an epoch; the second was a whole one.
        if (filled > 0 && ++dropped == 2) {
          throw new DatasetException(
              "batch: an epoch of %s groups has %s examples, expected at least %s"
                  .formatted(order.length, filled, size));
        }
        filled = 0;
      }
      int[] examples = draw();
      int taken = Math.min(examples.length, size - filled);
      System.arraycopy(examples, 0, batch, filled, taken);
      filled += taken;
    }
    return batch;
  }

  private int[] draw() {
    if (group == order.length) {
      shuffle(order, 0);
      group = 0;
    }
    int first = index.firstPuzzle(order[group]);
    int puzzle = first + random.nextInt(index.firstPuzzle(order[group] + 1) - first);
    group++;
    int[] examples = new int[index.firstExample(puzzle + 1) - index.firstExample(puzzle)];
    shuffle(examples, index.firstExample(puzzle));
    return examples;
  }

  /** Fills with from, from + 1, ... in random order. */
  private void shuffle(int[] target, int from) {
    for (int i = 0; i < target.length; i++) {
      int j = random.nextInt(i + 1);
      target[i] = target[j];
      target[j] = from + i;
    }
  }
}
