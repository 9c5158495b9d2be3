package org.trm4j.model;

import org.apiguardian.api.API;

/** Collects the values of a {@link ModelConfig}; every value not set is the published default. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ModelConfigBuilder {
  private int hiddenSize = 512;
  private int numHeads = 8;
  private double expansion = 4;
  private int seqLen;
  private int vocabSize;
  private int puzzleEmbDim = -1;
  private int puzzleEmbLen = 16;
  private int numPuzzleIdentifiers = 1;
  private MixerKind mixer = MixerKind.ATTENTION;
  private PositionEncoding positions = PositionEncoding.ROTARY;
  private double rotaryBase = 10000;
  private double rmsNormEpsilon = 1e-5;

  ModelConfigBuilder() {}

  /** Sets D and H. */
  public ModelConfigBuilder hidden(int hiddenSize, int numHeads) {
    this.hiddenSize = hiddenSize;
    this.numHeads = numHeads;
    return this;
  }

  /** Sets the SwiGLU expansion. */
  public ModelConfigBuilder expansion(double expansion) {
    this.expansion = expansion;
    return this;
  }

  /** Sets S and V. */
  public ModelConfigBuilder tokens(int seqLen, int vocabSize) {
    this.seqLen = seqLen;
    this.vocabSize = vocabSize;
    return this;
  }

  /** Sets the puzzle embedding: its width, its positions P and its rows. */
  public ModelConfigBuilder puzzleEmbedding(int dim, int positions, int identifiers) {
    this.puzzleEmbDim = dim;
    this.puzzleEmbLen = positions;
    this.numPuzzleIdentifiers = identifiers;
    return this;
  }

  /** Sets the rows of the puzzle embedding table. */
  public ModelConfigBuilder numPuzzleIdentifiers(int identifiers) {
    this.numPuzzleIdentifiers = identifiers;
    return this;
  }

  /** Sets the mixer and the position encoding. */
  public ModelConfigBuilder mixer(MixerKind mixer, PositionEncoding positions) {
    this.mixer = mixer;
    this.positions = positions;
    return this;
  }

  /** Sets the base of the rotary frequencies. */
  public ModelConfigBuilder rotaryBase(double rotaryBase) {
    this.rotaryBase = rotaryBase;
    return this;
  }

  /** Sets the epsilon of RMS normalisation. */
  public ModelConfigBuilder rmsNormEpsilon(double rmsNormEpsilon) {
    this.rmsNormEpsilon = rmsNormEpsilon;
    return this;
  }

  /** Builds the configuration; the puzzle embedding is as wide as D unless set. */
  public ModelConfig build() {
    return new ModelConfig(
        hiddenSize,
        numHeads,
        expansion,
        seqLen,
        vocabSize,
        puzzleEmbDim < 0 ? hiddenSize : puzzleEmbDim,
        puzzleEmbLen,
        numPuzzleIdentifiers,
        mixer,
        positions,
        rotaryBase,
        rmsNormEpsilon);
  }
}
