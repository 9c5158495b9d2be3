package org.trm4j.training.config;

import org.apiguardian.api.API;
import org.trm4j.model.ModelConfig;
import org.trm4j.training.TrainingException;

/**
 * The network's dimensions that do not follow from the data set; see {@link ModelConfig}.
 *
 * @param hiddenSize D
 * @param numHeads H
 * @param expansion of the SwiGLU
 * @param mixer of every layer
 * @param positions the position encoding
 * @param puzzleEmbDim width of the puzzle embedding; 0 for none
 * @param puzzleEmbLen P
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ModelSettings(
    int hiddenSize,
    int numHeads,
    double expansion,
    ModelConfig.Mixer mixer,
    ModelConfig.Positions positions,
    int puzzleEmbDim,
    int puzzleEmbLen) {

  /**
   * Returns the model configuration for a data set.
   *
   * @param seqLen S
   * @param vocabSize V
   * @param puzzleIdentifiers rows of the puzzle embedding table
   */
  public ModelConfig config(int seqLen, int vocabSize, int puzzleIdentifiers) {
    try {
      return ModelConfig.builder()
          .hidden(hiddenSize, numHeads)
          .expansion(expansion)
          .tokens(seqLen, vocabSize)
          .mixer(mixer, positions)
          .puzzleEmbedding(puzzleEmbDim, puzzleEmbLen, puzzleIdentifiers)
          .build();
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training configuration: " + e.getMessage(), e);
    }
  }
}
