package org.trm4j.it.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trm4j.OpenOptions;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.frontend.DataText;
import org.trm4j.training.measure.EvaluationData;

/** A convolution's parameters know no size: one model solves grids of others. */
class EveryGridTest {
  private static final int MAZES = 8;

  @ParameterizedTest
  @ValueSource(strings = {"9", "7x12", "14"})
  void theModelOf15x15SolvesMazesOfAnotherSize(String size) {
    SavedModel model = Trm.standard().model("maze-15").read();
    try (Dataset dataset =
            DataText.open("maze:size=%s,train=0,test=%s,seed=6,minPath=12".formatted(size, MAZES));
        TrmModel fit =
            TrmModel.open(EvaluationData.fit(model, dataset), OpenOptions.DEFAULT.withThreads(1))) {
      assertThat(fit.description().domainOptions()).containsEntry("size", size);
      PuzzleCodec codec = dataset.domain().codec();
      ExampleSource mazes = dataset.split("test");
      assertThat(mazes.size()).isEqualTo(MAZES);
      for (int i = 0; i < MAZES; i++) {
        String maze = codec.decode(mazes.get(i).tokens());
        assertThat(fit.solve(maze).verified()).as(maze).isTrue();
      }
    }
  }

  @Test
  void theSameSizeIsTheSameModel() {
    SavedModel model = Trm.standard().model("maze-15").read();
    try (Dataset dataset = DataText.open("maze:size=15,train=0,test=1")) {
      assertThat(EvaluationData.fit(model, dataset)).isSameAs(model);
    }
  }

  @Test
  void aTokenMlpBelongsToItsCells() {
    SavedModel model = Trm.standard().model("maze-7").read();
    try (Dataset dataset = DataText.open("maze:size=9,train=0,test=1")) {
      assertThat(EvaluationData.fit(model, dataset)).isSameAs(model);
      assertThatThrownBy(() -> model.onGrid(dataset.domain()))
          .isInstanceOf(CheckpointException.class)
          .hasMessage(
              "model: mixer TOKEN_MLP and positions NONE belong to 49 cells, expected a CONVOLUTION without learned positions to run on another grid");
    }
  }

  @Test
  void otherTokensAreRefused() {
    SavedModel model = Trm.standard().model("maze-15").read();
    try (Dataset dataset = DataText.open("sudoku:size=4,train=0,test=1")) {
      assertThat(EvaluationData.fit(model, dataset)).isSameAs(model);
      assertThatThrownBy(() -> model.onGrid(dataset.domain()))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("of maze, expected the same on another grid")
          .hasMessageContaining("of sudoku");
    }
  }
}
