package org.trm4j.datasets.sudoku;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.support.RatedSource;

class SudokuDifficultyTest {

  @Test
  void generatedPuzzlesHaveTheRatingAskedFor() {
    Map<String, String> options =
        Map.of("size", "9", "train", "8", "test", "2", "minRating", "3", "maxRating", "30");
    try (Dataset dataset = new SudokuProvider().generate(options)) {
      RatedSource train = (RatedSource) dataset.split("train");
      for (int i = 0; i < train.size(); i++) {
        assertThat(train.rating(i))
            .isBetween(3, 30)
            .isEqualTo(SudokuGenerator.rating(SudokuShape.of(9), train.get(i).tokens()));
      }
    }
  }

  /** A full grid but for one cell needs no guess; an empty one many. */
  @Test
  void ratingsCountGuesses() {
    SudokuCodec codec = new SudokuCodec(SudokuShape.of(4));
    assertThat(SudokuGenerator.rating(SudokuShape.of(4), codec.encode("321441321423234.")))
        .isZero();
    assertThat(SudokuGenerator.rating(SudokuShape.of(4), codec.encode(".".repeat(16))))
        .isPositive();
  }

  @Test
  void largePuzzlesAreGeneratedAndSolved() {
    try (Dataset dataset =
        new SudokuProvider().generate(Map.of("size", "16", "train", "3", "test", "1"))) {
      RatedSource train = (RatedSource) dataset.split("train");
      var verifier = dataset.domain().verifier().orElseThrow();
      for (int i = 0; i < train.size(); i++) {
        assertThat(verifier.verify(train.get(i).tokens(), train.get(i).labels()).correct())
            .isTrue();
      }
    }
  }

  @Test
  void saysThatThereIsNoSuchPuzzle() {
    assertThatThrownBy(() -> new SudokuProvider().generate(Map.of("size", "4", "minRating", "500")))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("rating of 500");
  }
}
