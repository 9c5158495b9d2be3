package org.trm4j;

import java.util.Map;
import java.util.Optional;
import org.trm4j.dataset.spi.Augmentation;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.dataset.spi.Verification;
import org.trm4j.dataset.spi.Verifier;

/** A puzzle of one token, which is its own answer. */
record EchoDomain() implements PuzzleDomain, PuzzleCodec, Verifier {
  @Override
  public String id() {
    return "echo";
  }

  @Override
  public Map<String, String> options() {
    return Map.of();
  }

  @Override
  public int seqLen() {
    return 1;
  }

  @Override
  public int vocabSize() {
    return 100;
  }

  @Override
  public PuzzleCodec codec() {
    return this;
  }

  @Override
  public Optional<Verifier> verifier() {
    return Optional.of(this);
  }

  @Override
  public Optional<Augmentation> augmentation() {
    return Optional.empty();
  }

  @Override
  public int[] encode(String question) {
    return new int[] {Integer.parseInt(question)};
  }

  @Override
  public String decode(int[] tokens) {
    return Integer.toString(tokens[0]);
  }

  @Override
  public String symbol(int token) {
    return Integer.toString(token);
  }

  @Override
  public boolean blank(int token) {
    return false;
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(1, 1, 1, 1);
  }

  @Override
  public Verification verify(int[] question, int[] answer) {
    return question[0] == answer[0] ? Verification.CORRECT : Verification.wrong("another token");
  }
}
