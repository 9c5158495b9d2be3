package org.trm4j.datasets.arc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.InvalidPuzzleException;

class ArcTokensTest {
  private final ArcCodec codec = new ArcCodec();

  /** The same seeds in each build, others in each nightly run. */
  static LongStream seeds() {
    return new SplittableRandom(Long.getLong("trm.fuzz.seed", 1)).longs(500);
  }

  private static ArcGrid random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] cells = new byte[rows * columns];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = (byte) random.nextInt(10);
    }
    return new ArcGrid(rows, columns, cells);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void gridsSurviveTokensTextAndEveryAugmentation(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = edgeOr(random, 30);
    int columns = edgeOr(random, 30);
    ArcGrid grid = random(rows, columns, random.nextLong());
    int row = random.nextInt(31 - rows);
    int column = random.nextInt(31 - columns);
    int[] tokens = ArcTokens.encode(grid, row, column);
    assertThat(ArcTokens.at(tokens, ArcTokens.origin(tokens))).isEqualTo(grid);
    assertThat(new ArcCodec().encode(new ArcCodec().decode(tokens))).isEqualTo(tokens);
    assertThat(ArcTokens.crop(ArcTokens.encode(grid, 0, 0))).isEqualTo(grid);
    ArcTransform transform = ArcTransform.random(random);
    assertThat(transform.undo(transform.apply(grid))).isEqualTo(grid);
    assertThat(ArcTransform.of(transform.name("x"))).isEqualTo(transform);
    ArcSymmetry symmetry = new ArcSymmetry();
    assertThat(symmetry.key(ArcTokens.encode(transform.apply(grid), 0, 0)))
        .isEqualTo(symmetry.key(tokens));
  }

  /** Draws from 1 to the maximum, and the two ends of the range more often. */
  private static int edgeOr(SplittableRandom random, int max) {
    return switch (random.nextInt(8)) {
      case 0 -> 1;
      case 1 -> max;
      default -> random.nextInt(1, max + 1);
    };
  }

  /** Any prediction can be cropped, and what is cropped is a rectangle of colours. */
  @ParameterizedTest
  @MethodSource("seeds")
  void cropFindsTheLargestRectangle(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = new int[ArcTokens.SEQ_LEN];
    int rare = 1 + random.nextInt(60);
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = random.nextInt(rare) == 0 ? random.nextInt(12) : 2 + random.nextInt(10);
    }
    int best = 0;
    for (int rows = 1; rows <= 30; rows++) {
      for (int columns = 1; columns <= 30; columns++) {
        boolean colours = true;
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            colours &= tokens[r * 30 + c] >= 2;
          }
        }
        best = colours ? Math.max(best, rows * columns) : best;
      }
    }
    ArcGrid cropped = ArcTokens.crop(tokens);
    assertThat(cropped.rows() * cropped.columns()).isEqualTo(best);
  }

  @Test
  void endMarksStandBelowAndToTheRight() {
    int[] tokens = ArcTokens.encode(ArcGrid.of(new int[] {0, 9}), 1, 2);
    assertThat(tokens[32]).isEqualTo(2);
    assertThat(tokens[33]).isEqualTo(11);
    assertThat(tokens[34]).isEqualTo(1);
    assertThat(tokens[62]).isEqualTo(1);
    assertThat(tokens[63]).isEqualTo(1);
    assertThat(Arrays.stream(tokens).filter(t -> t != 0).count()).isEqualTo(5);
    assertThat(Arrays.stream(ArcTokens.encode(random(30, 30, 1), 0, 0)).min().orElse(0))
        .isEqualTo(2);
  }

  @Test
  void emptyPredictionsAreEmptyGrids() {
    assertThat(ArcTokens.crop(new int[900])).isEqualTo(ArcGrid.of());
    assertThat(codec.decode(new int[900])).isEmpty();
  }

  @Test
  void refusesWhatIsNoGrid() {
    assertThatThrownBy(() -> codec.encode("12/3"))
        .isInstanceOf(InvalidPuzzleException.class)
        .hasMessage("arc: row 2 has 1 cells, expected 2");
    assertThatThrownBy(() -> codec.encode("")).hasMessageContaining("1 rows and 0 columns");
    assertThatThrownBy(() -> codec.encode("1a")).hasMessageContaining("character 'a'");
    assertThatThrownBy(() -> codec.encode("29,29@11")).hasMessageContaining("a 1x2 grid at row 29");
    assertThatThrownBy(() -> codec.encode("x@1")).hasMessageContaining("place 'x'");
    assertThatThrownBy(() -> ArcTransform.of("a|||t9|||0123456789"))
        .isInstanceOf(DatasetException.class);
    assertThatThrownBy(() -> ArcTransform.of("a|||t1|||0123456788")).hasMessageContaining("a|||t1");
  }
}
