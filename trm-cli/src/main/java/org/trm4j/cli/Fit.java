package org.trm4j.cli;

import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Checks that a model and a data set belong together. */
final class Fit {
  private Fit() {}

  static void check(ModelDescription model, Dataset dataset) {
    PuzzleDomain domain = dataset.domain();
    // Equal sizes do not make equal puzzles: 4x4 mazes have the sizes of 4x4 Sudoku.
    if (!model.domain().isEmpty() && !model.domain().equals(domain.id())) {
      throw new DatasetException(
          "data: %s %s, expected %s %s as the model was trained on"
              .formatted(domain.id(), domain.options(), model.domain(), model.domainOptions()));
    }
    if (model.config().seqLen() != domain.seqLen()
        || model.config().vocabSize() != domain.vocabSize()) {
      throw new DatasetException(
          "data: %s %s has sequences of %d tokens and vocabulary %d, expected %d and %d as the model has"
              .formatted(
                  domain.id(),
                  domain.options(),
                  domain.seqLen(),
                  domain.vocabSize(),
                  model.config().seqLen(),
                  model.config().vocabSize()));
    }
    if (dataset.puzzleIdentifiers() > Math.max(1, model.config().numPuzzleIdentifiers())) {
      throw new DatasetException(
          "data: %d puzzle identifiers, expected at most %d as the model has"
              .formatted(dataset.puzzleIdentifiers(), model.config().numPuzzleIdentifiers()));
    }
  }

  /** Returns {@code test} where there is one, else the first split. */
  static String evaluationSplit(Dataset dataset) {
    return dataset.splits().contains("test") ? "test" : dataset.splits().iterator().next();
  }
}
