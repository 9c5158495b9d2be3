package org.trm4j.model;

import java.util.Locale;
import org.apiguardian.api.API;

/**
 * The network's dimensions; the recursion around it is a {@link
 * org.trm4j.recursion.RecursionProgram}. Every parameter and every latent state has fewer than 2^31
 * values.
 *
 * @param hiddenSize D, the width of every latent vector
 * @param numHeads H, attention heads; divides D, and D / H is even under rotary positions
 * @param expansion SwiGLU expansion; the inner width is {@link #swiGluInner(int)}
 * @param seqLen S, the tokens of a puzzle
 * @param vocabSize V, distinct tokens
 * @param puzzleEmbDim width of a puzzle's own embedding; 0 for none
 * @param puzzleEmbLen P, the positions that the puzzle embedding takes before the tokens; P x D
 *     holds at least {@code puzzleEmbDim}
 * @param numPuzzleIdentifiers rows of the puzzle embedding table
 * @param mixer the token mixer of every layer
 * @param positions the position encoding
 * @param rotaryBase base of the rotary frequencies, 10000 as published
 * @param rmsNormEpsilon added to the mean square, 1e-5 as published
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record ModelConfig(
    int hiddenSize,
    int numHeads,
    double expansion,
    int seqLen,
    int vocabSize,
    int puzzleEmbDim,
    int puzzleEmbLen,
    int numPuzzleIdentifiers,
    MixerKind mixer,
    PositionEncoding positions,
    double rotaryBase,
    double rmsNormEpsilon) {

  /** Checks that the dimensions fit together. */
  public ModelConfig {
    positive("hiddenSize", hiddenSize);
    positive("numHeads", numHeads);
    positive("seqLen", seqLen);
    positive("vocabSize", vocabSize);
    check(expansion > 0 && Double.isFinite(expansion), "expansion", "a number > 0", expansion);
    check(puzzleEmbDim >= 0, "puzzleEmbDim", ">= 0", puzzleEmbDim);
    check(puzzleEmbLen >= 0, "puzzleEmbLen", ">= 0", puzzleEmbLen);
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
        hiddenSize % numHeads == 0, "numHeads", "a divisor of hiddenSize " + hiddenSize, numHeads);
    check(
        mixer != MixerKind.ATTENTION
            || positions != PositionEncoding.ROTARY
            || (hiddenSize / numHeads) % 2 == 0,
        "numHeads",
        "an even hiddenSize / numHeads for rotary positions",
        numHeads);
    check(rotaryBase > 1 && Double.isFinite(rotaryBase), "rotaryBase", "a number > 1", rotaryBase);
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
    if (mixer == MixerKind.ATTENTION) {
      fits("3 x hiddenSize x hiddenSize", 3.0 * hiddenSize * hiddenSize);
    } else {
      double length = (double) puzzleEmbLen + seqLen;
      fits("SwiGLU of seqLen", 2 * inner(length, expansion) * length);
    }
  }

  /** Returns a builder with the published defaults (D = 512, 8 heads, expansion 4, P = 16). */
  public static ModelConfigBuilder builder() {
    return new ModelConfigBuilder();
  }

  /** Returns L = P + S, the positions that the network sees. */
  public int length() {
    return puzzleEmbLen + seqLen;
  }

  /** Returns D / H. */
  public int headSize() {
    return hiddenSize / numHeads;
  }

  /** Returns round(expansion x width x 2/3), rounded up to a multiple of 256. */
  public int swiGluInner(int width) {
    return (int) inner(width, expansion);
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
}
