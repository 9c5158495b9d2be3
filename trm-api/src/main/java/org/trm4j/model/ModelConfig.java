package org.trm4j.model;

import java.util.Locale;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The network's dimensions; the recursion around it is a {@link
 * org.trm4j.recursion.RecursionProgram}. Every parameter and every latent state has fewer than 2^31
 * values.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ModelConfig {
  private static final int KERNEL_SIZE = 3;
  private static final int MAX_KERNEL_SIZE = 255;

  private record Values(
      int hiddenSize,
      int numHeads,
      double expansion,
      int seqLen,
      int vocabSize,
      int puzzleEmbDim,
      int puzzleEmbLen,
      int numPuzzleIdentifiers,
      Mixer mixer,
      Positions positions,
      double rotaryBase,
      double rmsNormEpsilon,
      int gridColumns,
      int kernelSize) {
    Values {
      positive("hiddenSize", hiddenSize);
      positive("numHeads", numHeads);
      positive("seqLen", seqLen);
      positive("vocabSize", vocabSize);
      check(expansion > 0 && Double.isFinite(expansion), "expansion", "a number > 0", expansion);
      check(puzzleEmbDim >= 0, "puzzleEmbDim", ">= 0", puzzleEmbDim);
      check(puzzleEmbLen >= 0, "puzzleEmbLen", ">= 0", puzzleEmbLen);
      if (mixer == Mixer.CONVOLUTION) {
        convolution(seqLen, puzzleEmbDim, puzzleEmbLen, gridColumns, kernelSize);
      } else {
        check(gridColumns == 0, "gridColumns", "0 with mixer " + mixer, gridColumns);
        check(kernelSize == KERNEL_SIZE, "kernelSize", "3 with mixer " + mixer, kernelSize);
      }
      check(
          (long) puzzleEmbLen * hiddenSize >= puzzleEmbDim,
          "puzzleEmbLen",
          "puzzleEmbLen x hiddenSize >= puzzleEmbDim (" + puzzleEmbDim + ")",
          puzzleEmbLen);
      check(
          puzzleEmbDim == 0 ? numPuzzleIdentifiers >= 0 : numPuzzleIdentifiers > 0,
          "numPuzzleIdentifiers",
          puzzleEmbDim == 0 ? ">= 0" : "> 0",
          numPuzzleIdentifiers);
      check(
          hiddenSize % numHeads == 0,
          "numHeads",
          "a divisor of hiddenSize " + hiddenSize,
          numHeads);
      check(
          mixer != Mixer.ATTENTION
              || positions != Positions.ROTARY
              || (hiddenSize / numHeads) % 2 == 0,
          "numHeads",
          "an even hiddenSize / numHeads for rotary positions",
          numHeads);
      check(
          rotaryBase > 1 && Double.isFinite(rotaryBase), "rotaryBase", "a number > 1", rotaryBase);
      check(
          rmsNormEpsilon > 0 && Double.isFinite(rmsNormEpsilon),
          "rmsNormEpsilon",
          "> 0",
          rmsNormEpsilon);
      fits("seqLen x hiddenSize", ((double) puzzleEmbLen + seqLen) * hiddenSize);
      fits("seqLen x vocabSize", (double) seqLen * vocabSize);
      fits("vocabSize x hiddenSize", (double) vocabSize * hiddenSize);
      fits("numPuzzleIdentifiers x puzzleEmbDim", (double) numPuzzleIdentifiers * puzzleEmbDim);
      fits("SwiGLU of hiddenSize", 2 * inner(hiddenSize, expansion) * hiddenSize);
      double length = (double) puzzleEmbLen + seqLen;
      switch (mixer) {
        case ATTENTION -> fits("3 x hiddenSize x hiddenSize", 3.0 * hiddenSize * hiddenSize);
        case TOKEN_MLP -> fits("SwiGLU of seqLen", 2 * inner(length, expansion) * length);
        case CONVOLUTION ->
            fits("kernelSize x kernelSize x hiddenSize", taps(kernelSize) * hiddenSize);
      }
    }

    /** The grid is that of the puzzle's cells, so nothing stands before them. */
    private static void convolution(
        int seqLen, int puzzleEmbDim, int puzzleEmbLen, int gridColumns, int kernelSize) {
      check(puzzleEmbLen == 0, "puzzleEmbLen", "0 with mixer CONVOLUTION", puzzleEmbLen);
      check(puzzleEmbDim == 0, "puzzleEmbDim", "0 with mixer CONVOLUTION", puzzleEmbDim);
      check(
          gridColumns > 0 && seqLen % gridColumns == 0,
          "gridColumns",
          "the columns of the grid, a divisor of seqLen " + seqLen + ", with mixer CONVOLUTION",
          gridColumns);
      check(
          kernelSize > 0 && kernelSize % 2 == 1 && kernelSize <= MAX_KERNEL_SIZE,
          "kernelSize",
          "an odd number in 1.." + MAX_KERNEL_SIZE,
          kernelSize);
    }

    private static double taps(int kernelSize) {
      return (double) kernelSize * kernelSize;
    }
  }

  private final Values values;

  private ModelConfig(Values values) {
    this.values = values;
  }

  /** Returns D, the width of every latent vector. */
  public int hiddenSize() {
    return values.hiddenSize;
  }

  /** Returns H, the attention heads; divides D, and D / H is even under rotary positions. */
  public int numHeads() {
    return values.numHeads;
  }

  /** Returns the SwiGLU expansion; the inner width is {@link #swiGluInner(int)}. */
  public double expansion() {
    return values.expansion;
  }

  /** Returns S, the tokens of a puzzle. */
  public int seqLen() {
    return values.seqLen;
  }

  /** Returns V, the distinct tokens. */
  public int vocabSize() {
    return values.vocabSize;
  }

  /** Returns the width of a puzzle's own embedding; 0 for none. */
  public int puzzleEmbDim() {
    return values.puzzleEmbDim;
  }

  /**
   * Returns P, the positions that the puzzle embedding takes before the tokens; P x D holds at
   * least {@code puzzleEmbDim}.
   */
  public int puzzleEmbLen() {
    return values.puzzleEmbLen;
  }

  /** Returns the rows of the puzzle embedding table. */
  public int numPuzzleIdentifiers() {
    return values.numPuzzleIdentifiers;
  }

  /** Returns the token mixer of every layer. */
  public Mixer mixer() {
    return values.mixer;
  }

  /** Returns the position encoding. */
  public Positions positions() {
    return values.positions;
  }

  /** Returns the base of the rotary frequencies, 10000 as published. */
  public double rotaryBase() {
    return values.rotaryBase;
  }

  /** Returns what is added to the mean square, 1e-5 as published. */
  public double rmsNormEpsilon() {
    return values.rmsNormEpsilon;
  }

  /**
   * Returns the columns of the grid that the S tokens make row by row, for {@link
   * Mixer#CONVOLUTION}; 0 with another mixer.
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public int gridColumns() {
    return values.gridColumns;
  }

  /** Returns K, the odd width and height of the kernel of {@link Mixer#CONVOLUTION}; usually 3. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public int kernelSize() {
    return values.kernelSize;
  }

  /** Returns a builder with the published defaults (D = 512, 8 heads, expansion 4, P = 16). */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns a builder that begins with these settings. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  public Builder toBuilder() {
    return builder()
        .hidden(hiddenSize(), numHeads())
        .expansion(expansion())
        .tokens(seqLen(), vocabSize())
        .puzzleEmbedding(puzzleEmbDim(), puzzleEmbLen(), numPuzzleIdentifiers())
        .mixer(mixer(), positions())
        .rotaryBase(rotaryBase())
        .rmsNormEpsilon(rmsNormEpsilon())
        .grid(gridColumns(), kernelSize());
  }

  /** Returns L = P + S, the positions that the network sees. */
  public int length() {
    return values.puzzleEmbLen + values.seqLen;
  }

  /** Returns D / H. */
  public int headSize() {
    return values.hiddenSize / values.numHeads;
  }

  /** Returns round(expansion x width x 2/3), rounded up to a multiple of 256. */
  public int swiGluInner(int width) {
    return (int) inner(width, values.expansion);
  }

  private static double inner(double width, double expansion) {
    // Math.rint: the published code rounds halves to even.
    return Math.ceil(Math.rint(expansion * width * 2 / 3) / 256) * 256;
  }

  /** No parameter and no buffer of a puzzle is larger than an array. */
  private static void fits(String what, double values) {
    check(
        values <= Integer.MAX_VALUE,
        what,
        "at most 2147483647 values",
        String.format(Locale.ROOT, "%.0f", values));
  }

  private static void positive(String name, int value) {
    check(value > 0, name, "> 0", value);
  }

  private static void check(boolean ok, String name, String expected, Object found) {
    if (!ok) {
      throw new IllegalArgumentException(
          "model configuration: %s is %s, expected %s".formatted(name, found, expected));
    }
  }

  /** How a layer lets the positions of a sequence exchange information. */
  public enum Mixer {
    /** Non-causal multi-head self-attention. */
    ATTENTION,
    /** A SwiGLU over the token axis ({@code mlp_t}), for small grids of fixed size. */
    TOKEN_MLP,
    /**
     * A depthwise convolution over the grid of cells ({@code conv}). No parameter depends on the
     * grid's size: a model of small grids can be trained further on larger ones.
     */
    CONVOLUTION
  }

  /** How positions enter the network. */
  public enum Positions {
    /** Positions are not encoded. */
    NONE,
    /** Rotary embedding of queries and keys, half-split form (arXiv 2104.09864). */
    ROTARY,
    /** A learned vector per position, added to the input embedding. */
    LEARNED
  }

  /** Collects the values of a {@link ModelConfig}; every value not set is the published default. */
  public static final class Builder {
    private int hiddenSize = 512;
    private int numHeads = 8;
    private double expansion = 4;
    private int seqLen;
    private int vocabSize;
    private int puzzleEmbDim = -1;
    private int puzzleEmbLen = 16;
    private int numPuzzleIdentifiers = 1;
    private Mixer mixer = Mixer.ATTENTION;
    private Positions positions = Positions.ROTARY;
    private double rotaryBase = 10000;
    private double rmsNormEpsilon = 1e-5;
    private int gridColumns;
    private int kernelSize = KERNEL_SIZE;

    Builder() {}

    /** Sets D and H. */
    public Builder hidden(int hiddenSize, int numHeads) {
      this.hiddenSize = hiddenSize;
      this.numHeads = numHeads;
      return this;
    }

    /** Sets the SwiGLU expansion. */
    public Builder expansion(double expansion) {
      this.expansion = expansion;
      return this;
    }

    /** Sets S and V. */
    public Builder tokens(int seqLen, int vocabSize) {
      this.seqLen = seqLen;
      this.vocabSize = vocabSize;
      return this;
    }

    /** Sets the puzzle embedding: its width, its positions P and its rows. */
    public Builder puzzleEmbedding(int dim, int positions, int identifiers) {
      this.puzzleEmbDim = dim;
      this.puzzleEmbLen = positions;
      this.numPuzzleIdentifiers = identifiers;
      return this;
    }

    /** Sets the rows of the puzzle embedding table. */
    public Builder numPuzzleIdentifiers(int identifiers) {
      this.numPuzzleIdentifiers = identifiers;
      return this;
    }

    /** Sets the mixer and the position encoding. */
    public Builder mixer(Mixer mixer, Positions positions) {
      this.mixer = mixer;
      this.positions = positions;
      return this;
    }

    /** Sets the base of the rotary frequencies. */
    public Builder rotaryBase(double rotaryBase) {
      this.rotaryBase = rotaryBase;
      return this;
    }

    /** Sets the epsilon of RMS normalisation. */
    public Builder rmsNormEpsilon(double rmsNormEpsilon) {
      this.rmsNormEpsilon = rmsNormEpsilon;
      return this;
    }

    /**
     * Sets the grid and the kernel of {@link Mixer#CONVOLUTION}.
     *
     * @param columns of the grid; a divisor of S, 0 with another mixer
     * @param kernelSize K, an odd number
     */
    @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
    public Builder grid(int columns, int kernelSize) {
      this.gridColumns = columns;
      this.kernelSize = kernelSize;
      return this;
    }

    /** Builds the configuration; the puzzle embedding is as wide as D unless set. */
    public ModelConfig build() {
      return new ModelConfig(
          new Values(
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
              rmsNormEpsilon,
              gridColumns,
              kernelSize));
    }
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return object instanceof ModelConfig other && values.equals(other.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "ModelConfig" + values.toString().substring("Values".length());
  }
}
