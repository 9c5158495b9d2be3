package org.trm4j.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {
  private static ModelConfig with(UnaryOperator<ModelConfig.Builder> change) {
    return change.apply(ModelConfig.builder().tokens(81, 11)).build();
  }

  @ParameterizedTest
  @CsvSource({"512, 1536", "97, 512", "128, 512", "1, 256", "96, 256"})
  void innerWidthIsAMultipleOf256(int width, int inner) {
    assertThat(with(b -> b).swiGluInner(width)).isEqualTo(inner);
  }

  @Test
  void refusesWhatIsLargerThanAnArray() {
    int huge = Integer.MAX_VALUE;
    refused(b -> b.hidden(1 << 20, 8), "SwiGLU of hiddenSize");
    refused(b -> b.hidden(huge - 1, 1), "seqLen x hiddenSize");
    refused(b -> b.tokens(huge, 11), "seqLen x hiddenSize");
    refused(b -> b.tokens(1 << 20, 1 << 12), "seqLen x vocabSize");
    refused(b -> b.tokens(81, 1 << 23), "vocabSize x hiddenSize");
    refused(b -> b.expansion(1e300), "SwiGLU of hiddenSize");
    refused(b -> b.puzzleEmbedding(512, 16, huge), "numPuzzleIdentifiers x puzzleEmbDim");
    refused(
        b -> b.tokens(40_000, 11).mixer(ModelConfig.Mixer.TOKEN_MLP, ModelConfig.Positions.NONE),
        "SwiGLU of seqLen");
  }

  private static ModelConfig.Builder grid(int columns, int kernelSize) {
    return ModelConfig.builder()
        .hidden(8, 2)
        .tokens(15, 6)
        .puzzleEmbedding(0, 0, 1)
        .mixer(ModelConfig.Mixer.CONVOLUTION, ModelConfig.Positions.NONE)
        .grid(columns, kernelSize);
  }

  @Test
  void aConvolutionHasAGrid() {
    ModelConfig config = grid(5, 7).build();
    assertThat(config.gridColumns()).isEqualTo(5);
    assertThat(config.kernelSize()).isEqualTo(7);
    assertThat(config.toBuilder().build()).isEqualTo(config);
    ModelConfig other =
        with(b -> b.expansion(2).puzzleEmbedding(64, 3, 9).rotaryBase(7).rmsNormEpsilon(0.5));
    assertThat(other.toBuilder().build()).isEqualTo(other).isNotEqualTo(with(b -> b));
    assertThat(config).isEqualTo(grid(5, 7).build()).isNotEqualTo(grid(3, 7).build());
    assertThat(config).isNotEqualTo(grid(5, 3).build());
    assertThat(with(b -> b).gridColumns()).isZero();
    assertThat(with(b -> b).kernelSize()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 3 | gridColumns is 0, expected the columns of the grid, a divisor of seqLen 15",
        "-5 | 3 | gridColumns is -5, expected the columns of the grid, a divisor of seqLen 15",
        "4 | 3 | gridColumns is 4, expected the columns of the grid, a divisor of seqLen 15",
        "30 | 3 | gridColumns is 30, expected the columns of the grid, a divisor of seqLen 15",
        "5 | 0 | kernelSize is 0, expected an odd number in 1..255",
        "5 | 2 | kernelSize is 2, expected an odd number in 1..255",
        "5 | -1 | kernelSize is -1, expected an odd number in 1..255",
        "5 | 257 | kernelSize is 257, expected an odd number in 1..255"
      })
  void refusesAGridThatIsNone(int columns, int kernelSize, String message) {
    ModelConfig.Builder builder = grid(columns, kernelSize);
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model configuration: " + message);
  }

  @Test
  void nothingStandsBeforeTheCellsOfAConvolution() {
    ModelConfig.Builder prefix = grid(5, 3).puzzleEmbedding(0, 1, 1);
    assertThatThrownBy(prefix::build)
        .hasMessage("model configuration: puzzleEmbLen is 1, expected 0 with mixer CONVOLUTION");
    ModelConfig.Builder embedding = grid(5, 3).puzzleEmbedding(8, 0, 1);
    assertThatThrownBy(embedding::build)
        .hasMessage("model configuration: puzzleEmbDim is 8, expected 0 with mixer CONVOLUTION");
    assertThatThrownBy(() -> with(b -> b.grid(9, 3)))
        .hasMessage("model configuration: gridColumns is 9, expected 0 with mixer ATTENTION");
    assertThatThrownBy(() -> with(b -> b.grid(0, 5)))
        .hasMessage("model configuration: kernelSize is 5, expected 3 with mixer ATTENTION");
  }

  private static void refused(UnaryOperator<ModelConfig.Builder> change, String what) {
    assertThatThrownBy(() -> with(change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model configuration: " + what + " is ")
        .hasMessageEndingWith("expected at most 2147483647 values");
  }
}
