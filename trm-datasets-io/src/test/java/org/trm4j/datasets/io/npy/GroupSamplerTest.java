package org.trm4j.datasets.io.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.dataset.spi.DatasetException;

class GroupSamplerTest {

  /** Groups of some puzzles, each of as many examples as its group's number plus one. */
  private record Groups(int[] puzzles) implements GroupIndex {
    @Override
    public int groups() {
      return puzzles.length;
    }

    @Override
    public int firstPuzzle(int group) {
      return Arrays.stream(puzzles).limit(group).sum();
    }

    @Override
    public int firstExample(int puzzle) {
      int examples = 0;
      for (int p = 0; p < puzzle; p++) {
        examples += group(p) + 1;
      }
      return examples;
    }

    int group(int puzzle) {
      int group = 0;
      while (firstPuzzle(group + 1) <= puzzle) {
        group++;
      }
      return group;
    }

    int puzzleOf(int example) {
      int puzzle = 0;
      while (firstExample(puzzle + 1) <= example) {
        puzzle++;
      }
      return puzzle;
    }
  }

  /** The same seeds in each build, others in each nightly run. */
  static LongStream seeds() {
    return new SplittableRandom(Long.getLong("trm.fuzz.seed", 1)).longs(200);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anEpochTakesOnePuzzleOfEachGroupWithAllItsExamples(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] sizes = random.ints(random.nextInt(1, 7), 1, 5).toArray();
    Groups groups = new Groups(sizes);
    GroupSampler sampler = new GroupSampler(groups, random.nextLong());
    int epoch = sizes.length * (sizes.length + 1) / 2;
    for (int repeat = 0; repeat < 3; repeat++) {
      Set<Integer> examples = new HashSet<>();
      Set<Integer> puzzles = new HashSet<>();
      for (int i = 0; i < epoch; i++) {
        int example = sampler.next();
        examples.add(example);
        puzzles.add(groups.puzzleOf(example));
      }
      assertThat(examples).hasSize(epoch);
      assertThat(puzzles).hasSize(sizes.length);
      assertThat(puzzles.stream().map(groups::group)).doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aBatchHasNoExampleTwiceAndOnlyItsLastPuzzleIsCut(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int size = random.nextInt(1, 22);
    Groups groups = new Groups(new int[] {2, 1, 3, 1, 2, 4});
    GroupSampler sampler = new GroupSampler(groups, random.nextLong());
    for (int repeat = 0; repeat < 5; repeat++) {
      int[] batch = sampler.batch(size);
      assertThat(batch).hasSize(size).doesNotHaveDuplicates();
      int at = 0;
      while (at < size) {
        int puzzle = groups.puzzleOf(batch[at]);
        int length = groups.group(puzzle) + 1;
        int end = Math.min(size, at + length);
        for (int i = at; i < end; i++) {
          assertThat(groups.puzzleOf(batch[i])).isEqualTo(puzzle);
        }
        at = end;
      }
    }
  }

  @Test
  void aBatchLargerThanAnEpochIsRefused() {
    GroupSampler sampler = new GroupSampler(new Groups(new int[] {1, 1}), 1);
    assertThatThrownBy(() -> sampler.batch(4))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("2 groups has 3 examples, expected at least 4");
  }

  @Test
  void seedsDecide() {
    Groups groups = new Groups(new int[] {2, 1, 3, 1, 2, 4});
    assertThat(new GroupSampler(groups, 5).batch(20))
        .isEqualTo(new GroupSampler(groups, 5).batch(20))
        .isNotEqualTo(new GroupSampler(groups, 6).batch(20));
  }
}
