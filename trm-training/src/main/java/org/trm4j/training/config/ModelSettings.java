package org.trm4j.training.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.model.ModelConfig;
import org.trm4j.training.TrainingException;

/** The network's dimensions that do not follow from the data set; see {@link ModelConfig}. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ModelSettings {
  record Values(
      int hiddenSize,
      int numHeads,
      double expansion,
      ModelConfig.Mixer mixer,
      ModelConfig.Positions positions,
      int puzzleEmbDim,
      int puzzleEmbLen,
      int kernelSize) {}

  /** What a builder has collected so far. */
  static final class Draft {
    int hiddenSize;
    int numHeads;
    double expansion;
    ModelConfig.Mixer mixer;
    ModelConfig.Positions positions;
    int puzzleEmbDim;
    int puzzleEmbLen;
    int kernelSize;

    Draft(ModelSettings from) {
      hiddenSize = from.values.hiddenSize;
      numHeads = from.values.numHeads;
      expansion = from.values.expansion;
      mixer = from.values.mixer;
      positions = from.values.positions;
      puzzleEmbDim = from.values.puzzleEmbDim;
      puzzleEmbLen = from.values.puzzleEmbLen;
      kernelSize = from.values.kernelSize;
    }

    ModelSettings settings() {
      return new ModelSettings(
          new Values(
              hiddenSize,
              numHeads,
              expansion,
              mixer,
              positions,
              puzzleEmbDim,
              puzzleEmbLen,
              kernelSize));
    }
  }

  @JsonValue private final Values values;

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  ModelSettings(Values values) {
    this.values = values;
  }

  /** Returns D. */
  public int hiddenSize() {
    return values.hiddenSize;
  }

  /** Returns H. */
  public int numHeads() {
    return values.numHeads;
  }

  /** Returns the expansion of the SwiGLU. */
  public double expansion() {
    return values.expansion;
  }

  /** Returns the mixer of every layer. */
  public ModelConfig.Mixer mixer() {
    return values.mixer;
  }

  /** Returns the position encoding. */
  public ModelConfig.Positions positions() {
    return values.positions;
  }

  /** Returns the width of the puzzle embedding; 0 for none. */
  public int puzzleEmbDim() {
    return values.puzzleEmbDim;
  }

  /** Returns P. */
  public int puzzleEmbLen() {
    return values.puzzleEmbLen;
  }

  /** Returns K, the odd width and height of the kernel of the mixer CONVOLUTION. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public int kernelSize() {
    return values.kernelSize;
  }

  /**
   * Returns the model configuration for puzzles of a kind: their tokens, their vocabulary and, for
   * {@link ModelConfig.Mixer#CONVOLUTION}, the grid that they lie on.
   *
   * @param puzzleIdentifiers rows of the puzzle embedding table
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public ModelConfig config(PuzzleDomain domain, int puzzleIdentifiers) {
    int columns = values.mixer == ModelConfig.Mixer.CONVOLUTION ? columns(domain) : 0;
    return config(domain.seqLen(), domain.vocabSize(), columns, puzzleIdentifiers);
  }

  private static int columns(PuzzleDomain domain) {
    PuzzleDomain.GridShape grid = domain.codec().grid();
    if ((long) grid.rows() * grid.columns() != domain.seqLen()) {
      throw new TrainingException(
          "training configuration: model.mixer is CONVOLUTION, and the grid of domain %s is %s x %s, expected rows x columns = %s; return such a grid from PuzzleCodec.grid(), or use another mixer"
              .formatted(domain.id(), grid.rows(), grid.columns(), domain.seqLen()));
    }
    return grid.columns();
  }

  /**
   * Returns the model configuration for a data set; the mixer CONVOLUTION needs a grid, see {@link
   * #config(PuzzleDomain, int)}.
   *
   * @param seqLen S
   * @param vocabSize V
   * @param puzzleIdentifiers rows of the puzzle embedding table
   */
  public ModelConfig config(int seqLen, int vocabSize, int puzzleIdentifiers) {
    return config(seqLen, vocabSize, 0, puzzleIdentifiers);
  }

  private ModelConfig config(int seqLen, int vocabSize, int gridColumns, int puzzleIdentifiers) {
    try {
      return ModelConfig.builder()
          .hidden(values.hiddenSize, values.numHeads)
          .expansion(values.expansion)
          .tokens(seqLen, vocabSize)
          .mixer(values.mixer, values.positions)
          .puzzleEmbedding(values.puzzleEmbDim, values.puzzleEmbLen, puzzleIdentifiers)
          .grid(gridColumns, values.kernelSize)
          .build();
    } catch (IllegalArgumentException e) {
      throw new TrainingException("training configuration: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ModelSettings other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "ModelSettings" + values.toString().substring("Values".length());
  }
}
