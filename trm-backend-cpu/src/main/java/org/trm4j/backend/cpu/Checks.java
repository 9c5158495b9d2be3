package org.trm4j.backend.cpu;

import org.trm4j.model.ModelConfig;
import org.trm4j.plan.Loss;

/** Checks of what callers hand over; each message says what was expected and found. */
final class Checks {
  private Checks() {}

  static void slot(int slot, int slots) {
    if (slot < 0 || slot >= slots) {
      throw new IndexOutOfBoundsException("slot %d: expected 0..%d".formatted(slot, slots - 1));
    }
  }

  static void slots(int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException("slots: %d, expected at least 1".formatted(slots));
    }
  }

  static void length(String what, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          "%s: length %d, expected %d".formatted(what, found, expected));
    }
  }

  static void example(ModelConfig config, int[] tokens, int puzzle) {
    length("tokens", tokens.length, config.seqLen());
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= config.vocabSize()) {
        throw new IllegalArgumentException(
            "tokens: token %d at position %d, expected 0..%d"
                .formatted(tokens[i], i, config.vocabSize() - 1));
      }
    }
    if (config.puzzleEmbDim() > 0 && (puzzle < 0 || puzzle >= config.numPuzzleIdentifiers())) {
      throw new IllegalArgumentException(
          "puzzle identifier: %d, expected 0..%d"
              .formatted(puzzle, config.numPuzzleIdentifiers() - 1));
    }
  }

  static void labels(ModelConfig config, int[] labels) {
    length("labels", labels.length, config.seqLen());
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] != Loss.IGNORED && (labels[i] < 0 || labels[i] >= config.vocabSize())) {
        throw new IllegalArgumentException(
            "labels: label %d at position %d, expected 0..%d or %d"
                .formatted(labels[i], i, config.vocabSize() - 1, Loss.IGNORED));
      }
    }
  }
}
