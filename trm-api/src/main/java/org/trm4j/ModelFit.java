package org.trm4j;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.checkpoint.model.SavedModel;
import org.trm4j.dataset.spi.Dataset;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.dataset.spi.Example;
import org.trm4j.dataset.spi.ExampleSource;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.identity.IdentifierNames;

/**
 * Checks that a model and a data set belong together. Equal sizes are not enough: 4x4 mazes have
 * the sizes of 4x4 Sudoku, and any 400 tasks fit 400 rows of a puzzle embedding. So this compares
 * the kinds of puzzle with their options, and tasks by name.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ModelFit {
  /** What a grid's file may show less of than another; its symbols are compared one by one. */
  private static final Set<String> OF_A_FILE = Set.of("symbols", "open", "fill", "symmetries");

  private final int @Nullable [] rows;
  private final List<String> notes;

  private ModelFit(int @Nullable [] rows, List<String> notes) {
    this.rows = rows;
    this.notes = List.copyOf(notes);
  }

  /**
   * Throws a {@link DatasetException} that says what differs if the model cannot solve these
   * puzzles.
   */
  public static ModelFit of(SavedModel model, Dataset dataset) {
    return of(model.description(), IdentifierNames.of(model), dataset);
  }

  /**
   * Compares as {@link #of(SavedModel, Dataset)} does.
   *
   * @param known what the model keeps of its tasks' names
   */
  static ModelFit of(ModelDescription description, IdentifierNames known, Dataset dataset) {
    checkDomain(description, dataset.domain());
    int found = dataset.puzzleIdentifiers();
    int most = Math.max(1, description.config().numPuzzleIdentifiers());
    if (description.config().puzzleEmbDim() == 0 || found <= 1) {
      return new ModelFit(null, List.of());
    }
    IdentifierNames given = IdentifierNames.of(dataset.identifierNames());
    if (known.known() && given.known()) {
      return known.sha256().equals(given.sha256())
          ? new ModelFit(null, List.of())
          : byName(known, given);
    }
    if (found > most) {
      throw new DatasetException(
          "data: %s puzzle identifiers, expected at most %s as the model has"
              .formatted(found, most));
    }
    return new ModelFit(
        null,
        List.of(
            "%s does not name its tasks: the %s identifiers are taken by number, and may be other tasks than the model was trained on"
                .formatted(known.known() ? "the data" : "the model", found)));
  }

  private static void checkDomain(ModelDescription model, PuzzleDomain domain) {
    PuzzleDomain trained = model.puzzleDomain().orElse(null);
    Map<String, String> options = trained == null ? model.domainOptions() : trained.options();
    if (!model.domain().isEmpty()
        && (!model.domain().equals(domain.id()) || !kind(options).equals(kind(domain.options())))) {
      throw new DatasetException(
          "data: %s %s, expected %s %s as the model was trained on"
              .formatted(domain.id(), domain.options(), model.domain(), options));
    }
    if (model.config().seqLen() != domain.seqLen()
        || model.config().vocabSize() != domain.vocabSize()) {
      throw new DatasetException(
          "data: %s %s has sequences of %s tokens and vocabulary %s, expected %s and %s as the model has"
              .formatted(
                  domain.id(),
                  domain.options(),
                  domain.seqLen(),
                  domain.vocabSize(),
                  model.config().seqLen(),
                  model.config().vocabSize()));
    }
    checkSymbols(trained, domain);
  }

  private static Map<String, String> kind(Map<String, String> options) {
    Map<String, String> kind = new TreeMap<>(options);
    kind.keySet().removeAll(OF_A_FILE);
    return kind;
  }

  private static void checkSymbols(@Nullable PuzzleDomain trained, PuzzleDomain domain) {
    for (int token = 0; trained != null && token < domain.vocabSize(); token++) {
      String expected = trained.codec().symbol(token);
      if (!expected.equals(domain.codec().symbol(token))) {
        throw new DatasetException(
            "data: token %s is '%s', expected '%s' as the model was trained on; leave out the option symbols"
                .formatted(token, domain.codec().symbol(token), expected));
      }
    }
  }

  private static ModelFit byName(IdentifierNames known, IdentifierNames given) {
    if (known.names().isEmpty()) {
      throw new DatasetException(
          "data: its %s tasks are not those that the model was trained on, or not in that order: the SHA-256 of their names is %.12s..., expected %.12s..."
              .formatted(given.names().size(), given.sha256(), known.sha256()));
    }
    Map<String, Integer> numbers = new HashMap<>();
    for (int i = 0; i < known.names().size(); i++) {
      numbers.putIfAbsent(known.names().get(i), i);
    }
    int[] rows = new int[given.names().size()];
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      Integer number = numbers.get(given.names().get(i));
      rows[i] = number == null ? -1 : number;
      if (number == null) {
        missing.add(given.names().get(i));
      }
    }
    if (!missing.isEmpty()) {
      throw new DatasetException(
          "data: the model was not trained on %s of its %s tasks, such as %s; expected tasks such as %s"
              .formatted(missing.size(), rows.length, missing.getFirst(), known.names().getLast()));
    }
    return new ModelFit(
        rows,
        List.of("%s tasks have other numbers here, and are found by name".formatted(rows.length)));
  }

  /** Returns remarks for the user, one line each. */
  public List<String> notes() {
    return notes;
  }

  /** Returns a split of the data set with the model's puzzle identifiers. */
  public ExampleSource of(ExampleSource split) {
    int[] numbers = rows;
    if (numbers == null) {
      return split;
    }
    return new ExampleSource() {
      @Override
      public int size() {
        return split.size();
      }

      @Override
      public Example get(int index) {
        Example example = split.get(index);
        return new Example(example.tokens(), example.labels(), numbers[example.puzzleIdentifier()]);
      }
    };
  }
}
