package org.trm4j.datasets.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.Symmetry;

class GridSymmetriesTest {
  private static GridDomain domain(int rows, int columns, String symmetries) {
    List<String> symbols = GridAlphabet.read(".12<>^v");
    return GridProvider.domain(
        new GridAlphabet(symbols, Set.of("."), Set.of("1", "2")),
        new GridFrame(rows, columns),
        "",
        symmetries);
  }

  @ParameterizedTest
  @CsvSource({
    "'rotations', 3, 3, 4",
    "'reflections', 3, 3, 4",
    "'rotations,reflections', 3, 3, 8",
    "'rotations,transpose', 3, 3, 8",
    "'rotations', 2, 3, 2",
    "'permute(12)', 3, 3, 2",
    "'rotations,permute(12)', 3, 3, 8",
    "'bands(1x1)', 2, 2, 4",
    "'bands(1x3)', 2, 3, 12"
  })
  void makesAllFormsAndNoOthers(String symmetries, int rows, int columns, int forms) {
    GridDomain domain = domain(rows, columns, symmetries);
    // No symmetry but the identity keeps it: .12 and further cells, all told apart by their places.
    int[] question = new int[rows * columns];
    for (int i = 0; i < question.length; i++) {
      question[i] = i == 0 ? 2 : i == 1 ? 3 : 1;
    }
    if (symmetries.startsWith("bands(1x3)")) {
      question[2] = 1;
    }
    Symmetry.Key key = domain.symmetry().orElseThrow();
    SplittableRandom random = new SplittableRandom(7);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      Example drawn =
          domain.augmentation().orElseThrow().augment(new Example(question, question, 0), random);
      seen.add(domain.codec().decode(drawn.tokens()));
      assertThat(key.key(drawn.tokens())).isEqualTo(key.key(question));
      assertThat(GridInvariant.of(domain.frame(), drawn.tokens()))
          .isEqualTo(GridInvariant.of(domain.frame(), question));
    }
    assertThat(seen).hasSize(forms);
  }

  @Test
  void arrowsTurnWithTheGrid() {
    GridDomain domain = domain(3, 3, "rotations,reflections,arrows(<>^v)");
    int[] question = domain.codec().encode("1<2/v ./..1".replace(' ', '.'));
    // To the left by 90 degrees: the last column becomes the first row.
    int[] left = domain.gridSymmetries().turn(question, 1).apply(question);
    assertThat(new GridCodec(domain.alphabet(), domain.frame(), domain.rules()).rows(left))
        .isEqualTo("2.1/v../1>.");
    int[] mirrored = domain.gridSymmetries().turn(question, 4).apply(question);
    assertThat(new GridCodec(domain.alphabet(), domain.frame(), domain.rules()).rows(mirrored))
        .isEqualTo("2>1/..v/1..");
    int[] around = question;
    for (int i = 0; i < 4; i++) {
      around = domain.gridSymmetries().turn(around, 1).apply(around);
    }
    assertThat(around).isEqualTo(question);
  }

  /** A file without one of the arrows is turned into one that has it. */
  @Test
  void anArrowThatIsMissingIsAddedBySymbols() {
    assertThatThrownBy(() -> turning(".12<>^"))
        .hasMessageContaining("turns into a symbol that is none of ")
        .hasMessageContaining("add it by the option symbols");
    assertThat(turning(".12<>^v").gridSymmetries()).isNotNull();
  }

  private static GridDomain turning(String symbols) {
    GridDomain domain =
        GridProvider.domain(
            new GridAlphabet(GridAlphabet.read(symbols), Set.of("."), Set.of("1", "2")),
            new GridFrame(3, 3),
            "",
            "rotations,arrows(<>^v)");
    domain.gridSymmetries().turn(new int[9], 1);
    return domain;
  }

  @Test
  void smallerGridsTurnInTheirCorner() {
    GridDomain domain = domain(3, 3, "rotations");
    int[] question = domain.codec().encode("12.");
    assertThat(domain.codec().decode(domain.gridSymmetries().turn(question, 1).apply(question)))
        .isEqualTo("./2/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          spin | 'spin', expected rotations
          transpose | transpose needs as many rows as columns
          permute(19) | permute: '9' is none of the symbols
          permute(1) | needs at least two symbols
          bands(2x2) | bands(2x2) does not divide 2 rows and 3 columns
          bands(2) | expected bands(ROWSxCOLUMNS)
          """)
  void refusesWhatDoesNotFit(String symmetries, String reason) {
    assertThatThrownBy(() -> domain(2, 3, symmetries)).hasMessageContaining(reason);
  }
}
