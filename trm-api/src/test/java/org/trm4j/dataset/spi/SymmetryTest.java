package org.trm4j.dataset.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetryTest {
  private static final int CELLS = 7;
  private static final int TOKENS = 5;

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static Symmetry draw(SplittableRandom random) {
    return Symmetry.of(shuffled(CELLS, random), shuffled(TOKENS, random));
  }

  @Test
  void movesCellsAndRenamesTokens() {
    Symmetry symmetry = Symmetry.of(new int[] {2, 0, 1}, new int[] {0, 2, 1});
    assertThat(symmetry.apply(new int[] {1, 2, 0})).containsExactly(0, 2, 1);
    assertThat(symmetry.apply(new int[] {-100, 2, 1})).containsExactly(2, -100, 1);
    Example turned = symmetry.apply(new Example(new int[] {1, 2, 0}, new int[] {1, 2, -100}, 7));
    assertThat(turned.labels()).containsExactly(-100, 2, 1);
    assertThat(turned.puzzleIdentifier()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theInverseUndoesItOnTokensAndOnSets(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Symmetry symmetry = draw(random);
    int[] tokens = random.ints(CELLS, 0, TOKENS).toArray();
    assertThat(symmetry.inverse().apply(symmetry.apply(tokens))).isEqualTo(tokens);
    for (int width : new int[] {TOKENS, 1, 3}) {
      float[] rows = new float[CELLS * width];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = i;
      }
      assertThat(symmetry.inverse().applyToRows(symmetry.applyToRows(rows, width), width))
          .isEqualTo(rows);
    }
    assertThat(symmetry.then(symmetry.inverse())).isEqualTo(Symmetry.identity(CELLS, TOKENS));
  }

  /** The set that holds the token of each cell alone turns as the tokens do. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void setsTurnAsTokensDo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Symmetry symmetry = draw(random);
    int[] tokens = random.ints(CELLS, 0, TOKENS).toArray();
    assertThat(symmetry.applyToRows(oneHot(tokens), TOKENS))
        .isEqualTo(oneHot(symmetry.apply(tokens)));
    Symmetry other = draw(random);
    assertThat(symmetry.then(other).apply(tokens)).isEqualTo(other.apply(symmetry.apply(tokens)));
  }

  private static float[] oneHot(int[] tokens) {
    float[] sets = new float[tokens.length * TOKENS];
    for (int i = 0; i < tokens.length; i++) {
      sets[i * TOKENS + tokens[i]] = 1;
    }
    return sets;
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0, 2", "-1, 0"})
  void refusesWhatIsNoPermutation(int first, int second) {
    assertThatThrownBy(() -> Symmetry.of(new int[] {first, second}, new int[] {0}))
        .hasMessageContaining("cells[")
        .hasMessageContaining("expected each of 0 to 1 once");
  }

  @Test
  void refusesAnotherNumberOfCells() {
    assertThatThrownBy(() -> Symmetry.identity(3, 2).apply(new int[4]))
        .hasMessage("symmetry: 4 values, expected 3");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void classesThatAreTokensTurnAsTokensDo(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Symmetry symmetry = draw(random);
    int[] tokens = random.ints(CELLS, -1, TOKENS).toArray();
    float[] classes = new float[CELLS];
    float[] turned = new float[CELLS];
    int[] expected = symmetry.apply(tokens);
    for (int i = 0; i < CELLS; i++) {
      classes[i] = tokens[i];
      turned[i] = expected[i];
    }
    assertThat(symmetry.applyToClasses(classes, TOKENS)).containsExactly(turned);
    assertThat(symmetry.applyToClasses(classes, TOKENS + 1))
        .containsExactly(symmetry.applyToRows(classes, 1));
  }
}
