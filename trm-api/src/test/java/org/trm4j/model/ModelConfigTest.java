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

  private static void refused(UnaryOperator<ModelConfig.Builder> change, String what) {
    assertThatThrownBy(() -> with(change))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model configuration: " + what + " is ")
        .hasMessageEndingWith("expected at most 2147483647 values");
  }
}
