package org.trm4j.training.parity;

import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verifier;

/**
 * Cells of some values, and a token outside them for an open one.
 *
 * @param seqLen cells
 * @param vocabSize values
 */
record DeductionCells(int seqLen, int vocabSize) implements PuzzleDomain, PuzzleCodec {
  static final int OPEN = -1;

  @Override
  public int[] candidates(int token, int vocabulary) {
    return token == OPEN ? IntStream.range(0, vocabulary).toArray() : new int[] {token};
  }

  @Override
  public PuzzleCodec codec() {
    return this;
  }

  @Override
  public int[] encode(String question) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String decode(int[] tokens) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String symbol(int token) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean blank(int token) {
    return token == OPEN;
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(1, seqLen, 1, seqLen);
  }

  @Override
  public String id() {
    return "cells";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.empty();
  }

  @Override
  public Optional<Augmentation> augmentation() {
    return Optional.empty();
  }
}
