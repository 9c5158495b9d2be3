package org.trm4j.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.ModelDescription;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.DatasetOption;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.plugin.DatasetLocation;
import org.trm4j.plugin.Datasets;

/** Checks that a model and a data set belong together. */
final class Fit {
  private Fit() {}

  /**
   * Opens files as the model's domain says: what it knows about symbols and shape is not found out
   * anew from other files, which may hold fewer of them.
   */
  static Dataset open(DatasetLocation location, ModelDescription model) {
    if (location.path().isEmpty() || !location.provider().equals(model.domain())) {
      return location.open();
    }
    Map<String, String> options = new HashMap<>();
    for (DatasetOption option : Datasets.readingOptions(location.provider())) {
      String known = model.domainOptions().get(option.name());
      if (known != null && !known.isEmpty()) {
        options.put(option.name(), known);
      }
    }
    options.putAll(location.options());
    return new DatasetLocation(location.provider(), location.path(), options).open();
  }

  static void check(ModelDescription model, @Nullable PuzzleDomain trained, Dataset dataset) {
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
    for (int token = 0; trained != null && token < domain.vocabSize(); token++) {
      String expected = trained.codec().symbol(token);
      if (!expected.equals(domain.codec().symbol(token))) {
        throw new DatasetException(
            "data: token %d is '%s', expected '%s' as the model was trained on; leave out the option symbols"
                .formatted(token, domain.codec().symbol(token), expected));
      }
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
