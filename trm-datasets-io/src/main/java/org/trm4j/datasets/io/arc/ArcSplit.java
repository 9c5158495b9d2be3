package org.trm4j.datasets.io.arc;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.datasets.arc.ArcGrid;
import org.trm4j.datasets.arc.ArcTokens;
import org.trm4j.datasets.arc.ArcTransform;
import org.trm4j.datasets.arc.ArcTranslation;
import org.trm4j.datasets.io.npy.GroupIndex;

/**
 * One split: groups of augmented tasks, whose examples are made on demand. Where a grid stands in
 * the 30x30 is drawn for training, one example of each puzzle staying at the first cell; it depends
 * on the seed and the example's number alone.
 */
final class ArcSplit implements ExampleSource, GroupIndex, ArcExamples {
  private final List<ArcGroup> groups;
  private final int[] puzzleStarts;
  private final int[] exampleStarts;
  private final boolean translated;
  private final long seed;

  ArcSplit(List<ArcGroup> groups, boolean translated, long seed) {
    this.groups = groups;
    this.translated = translated;
    this.seed = seed;
    this.puzzleStarts = new int[groups.size() + 1];
    this.exampleStarts = new int[groups.size() + 1];
    for (int g = 0; g < groups.size(); g++) {
      puzzleStarts[g + 1] = puzzleStarts[g] + groups.get(g).transforms().size();
      exampleStarts[g + 1] = Math.addExact(exampleStarts[g], groups.get(g).examples());
    }
  }

  /** Returns the same examples, all at the first cell. */
  ArcSplit untranslated() {
    return new ArcSplit(groups, false, seed);
  }

  List<ArcGroup> groupList() {
    return groups;
  }

  @Override
  public int size() {
    return exampleStarts[groups.size()];
  }

  @Override
  public int groups() {
    return groups.size();
  }

  @Override
  public int firstPuzzle(int group) {
    return puzzleStarts[group];
  }

  @Override
  public int firstExample(int puzzle) {
    if (puzzle == puzzleStarts[groups.size()]) {
      return size();
    }
    int group = find(puzzleStarts, puzzle);
    return exampleStarts[group] + (puzzle - puzzleStarts[group]) * groups.get(group).pairs().size();
  }

  private static int find(int[] starts, int value) {
    int found = Arrays.binarySearch(starts, value);
    return found >= 0 ? found : -found - 2;
  }

  @Override
  public Example get(int index) {
    int g = find(exampleStarts, Objects.checkIndex(index, size()));
    ArcGroup group = groups.get(g);
    int within = index - exampleStarts[g];
    int puzzle = within / group.pairs().size();
    int pair = within % group.pairs().size();
    ArcTransform transform = group.transforms().get(puzzle);
    ArcGrid input = transform.apply(group.pairs().get(pair).input());
    ArcGrid output = transform.apply(group.pairs().get(pair).output());
    int place = place(puzzleStarts[g] + puzzle, group.pairs().size(), pair, input, output);
    return ArcTranslation.example(
        input,
        output,
        place / ArcGrid.LARGEST,
        place % ArcGrid.LARGEST,
        group.identifiers()[puzzle]);
  }

  /** Writes an example's tokens; labels that pad are 0. */
  void encode(int g, int puzzle, int pair, byte[] tokens, byte[] labels) {
    ArcGroup group = groups.get(g);
    ArcTransform transform = group.transforms().get(puzzle);
    ArcGrid input = transform.apply(group.pairs().get(pair).input());
    ArcGrid output = transform.apply(group.pairs().get(pair).output());
    int place = place(puzzleStarts[g] + puzzle, group.pairs().size(), pair, input, output);
    int row = place / ArcGrid.LARGEST;
    int column = place % ArcGrid.LARGEST;
    ArcTokens.encode(input, row, column, tokens);
    ArcTokens.encode(output, row, column, labels);
  }

  /** Returns row x 30 + column of the first cell of a pair's grids. */
  private int place(int puzzle, int pairs, int pair, ArcGrid input, ArcGrid output) {
    if (!translated) {
      return 0;
    }
    SplittableRandom random = new SplittableRandom(seed ^ puzzle * 0x9E3779B97F4A7C15L);
    if (random.nextInt(pairs) == pair) {
      return 0;
    }
    SplittableRandom own = new SplittableRandom(random.nextLong() + pair);
    int row = own.nextInt(ArcGrid.LARGEST - Math.max(input.rows(), output.rows()) + 1);
    int column = own.nextInt(ArcGrid.LARGEST - Math.max(input.columns(), output.columns()) + 1);
    return row * ArcGrid.LARGEST + column;
  }

  @Override
  public String name(int index) {
    int g = find(exampleStarts, Objects.checkIndex(index, size()));
    return groups.get(g).name((index - exampleStarts[g]) / groups.get(g).pairs().size());
  }

  @Override
  public int[] input(int index) {
    return get(index).tokens();
  }
}
