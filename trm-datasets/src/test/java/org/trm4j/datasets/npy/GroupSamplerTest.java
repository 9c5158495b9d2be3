package org.trm4j.datasets.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
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

  @Property(tries = 200)
  void anEpochTakesOnePuzzleOfEachGroupWithAllItsExamples(
      @ForAll @Size(min = 1, max = 6) int[] sizes, @ForAll long seed) {
    Groups groups = new Groups(Arrays.stream(sizes).map(s -> Math.floorMod(s, 4) + 1).toArray());
    GroupSampler sampler = new GroupSampler(groups, seed);
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

  @Property(tries = 200)
  void aBatchHasNoExampleTwiceAndOnlyItsLastPuzzleIsCut(
      @ForAll @IntRange(min = 1, max = 21) int size, @ForAll long seed) {
    Groups groups = new Groups(new int[] {2, 1, 3, 1, 2, 4});
    GroupSampler sampler = new GroupSampler(groups, seed);
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
