package org.trm4j.it.facade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.backend.spi.Backend;
import org.trm4j.checkpoint.CheckpointException;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.ModelFiles;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.model.ParameterSet;
import org.trm4j.model.Tensor;
import org.trm4j.plugin.PluginException;

/** A model whose domain is another one's, or whose steps take minutes, does not open at all. */
class BoundsTest {
  @TempDir Path folder;

  @Test
  void aDomainOfAnotherSizeIsRefusedInEveryEntryPoint() {
    SavedModel wrong =
        Models.model(16, 5, Map.of("T", 1, "n", 1, "layers", 1), "sudoku", Map.of("size", "9"));
    Path file = folder.resolve("model.safetensors");
    ModelFiles.write(file, wrong);
    String message = "has 16 tokens of a vocabulary of 5, its puzzle domain sudoku";
    assertThatThrownBy(() -> TrmModel.open(file))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
    assertThatThrownBy(() -> TrmModel.open(wrong, "cpu-scalar", 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(message);
    try (Backend backend = Trm.standard().backend("cpu-scalar", 1)) {
      assertThatThrownBy(() -> TrmModel.open(wrong, backend))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining(message);
    }
    assertThatThrownBy(() -> wrong.description().puzzleDomain())
        .isInstanceOf(CheckpointException.class);
  }

  /** Finite weights can overflow; a confidence that is no number is never given out. */
  @Test
  void aConfidenceThatIsNoNumberIsNoAnswer() {
    SavedModel small = Models.sudoku();
    Map<String, Tensor> tensors = new LinkedHashMap<>(small.parameters().tensors());
    tensors.replaceAll((name, tensor) -> {
      if (!name.startsWith("q_head.weight")) {
        return tensor;
      }
      float[] values = new float[tensor.shape().intSize()];
      Arrays.fill(values, Float.MAX_VALUE);
      return Tensor.of(tensor.shape(), values);
    });
    SavedModel large = new SavedModel(small.description(), new ParameterSet(tensors), Map.of());
    for (String backend : List.of("cpu-scalar", "cpu-vector")) {
      try (TrmModel model = TrmModel.open(large, backend, 1)) {
        assertThatThrownBy(() -> model.solve(Models.PUZZLE))
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining("the halting head gives ")
            .hasMessageContaining("expected a finite number");
      }
    }
  }

  /** Whatever a transition reads: a contradiction that is no number would end no attempt. */
  @Test
  void aLogitOfDeductionThatIsNoNumberIsNoAnswer() {
    SavedModel plain = Trm.standard().model("sudoku-9-deduction").read();
    String question =
        "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79";
    for (String head : List.of("conflict", "keep", "value")) {
      Map<String, Tensor> tensors = new LinkedHashMap<>(plain.parameters().tensors());
      tensors.replaceAll((name, tensor) -> {
        if (!name.endsWith("heads." + head + ".weight")) {
          return tensor;
        }
        float[] values = new float[tensor.shape().intSize()];
        Arrays.fill(values, Float.MAX_VALUE);
        return Tensor.of(tensor.shape(), values);
      });
      SavedModel large = new SavedModel(plain.description(), new ParameterSet(tensors), Map.of());
      try (TrmModel model = TrmModel.open(large, "cpu-vector", 1)) {
        assertThatThrownBy(() -> model.solve(question))
            .isInstanceOf(CheckpointException.class)
            .hasMessageContaining("the head " + head + " gives ")
            .hasMessageContaining("expected a finite number");
      }
    }
  }

  @Test
  void aStepOfTooManyLayersIsRefused() {
    SavedModel small = Models.sudoku(Map.of("T", 2, "n", 2, "layers", 1));
    for (Map<String, Number> arguments :
        List.<Map<String, Number>>of(
            Map.of("T", 1000, "n", 1000, "layers", 1000),
            Map.of("T", 1000, "n", 10, "layers", 1),
            Map.of("T", 100, "n", 50, "layers", 2))) {
      SavedModel deep =
          new SavedModel(
              new ModelDescription(small.description().config(), "trm", arguments, "", Map.of()),
              small.parameters(),
              Map.of());
      assertThatThrownBy(() -> TrmModel.open(deep, "cpu-scalar", 1))
          .isInstanceOf(PluginException.class)
          .hasMessageContaining("layers in one supervision step, expected at most 10000");
    }
    assertThatThrownBy(() -> Models.sudoku(Map.of("T", 1001, "n", 1, "layers", 1)))
        .isInstanceOf(PluginException.class)
        .hasMessageContaining("expected at most 1000");
    try (TrmModel model = TrmModel.open(small, "cpu-scalar", 1)) {
      assertThat(model.solve(Models.PUZZLE).steps()).isPositive();
    }
  }
}
