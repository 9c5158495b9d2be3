package org.trm4j.training.config;

import java.util.Map;
import java.util.Optional;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verifier;

/**
 * Puzzles on a grid of any shape.
 *
 * @param seqLen S, which the grid may contradict
 */
record OtherGrid(int seqLen, PuzzleDomain.GridShape grid) implements PuzzleDomain, PuzzleCodec {
  @Override
  public String id() {
    return "other-grid";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public int vocabSize() {
    return 4;
  }

  @Override
  public PuzzleCodec codec() {
    return this;
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public int[] encode(String question) {
    return question.chars().map(c -> c - '0').toArray();
  }

  @Override
  public String decode(int[] tokens) {
    StringBuilder text = new StringBuilder();
    for (int token : tokens) {
      text.append(symbol(token));
    }
    return text.toString();
  }

  @Override
  public String symbol(int token) {
    return String.valueOf(token);
  }

  @Override
  public boolean blank(int token) {
    return token == 0;
  }
}
