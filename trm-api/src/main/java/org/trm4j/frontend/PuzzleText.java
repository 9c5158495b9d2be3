package org.trm4j.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.runtime.Datasets;

/** Puzzles as a person types or pastes them. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class PuzzleText {
  private PuzzleText() {}

  /**
   * Returns the name of the first of these models that reads a puzzle, as a person types or pastes
   * it; one that reads it as it is comes before one that needs it in another form.
   *
   * @param trm with the readers of files
   * @param domains of the models, by name
   * @throws InvalidPuzzleException if none does: what the one of this size finds wrong with the
   *     puzzle, or else which sizes there are
   */
  public static String model(Trm trm, Map<String, PuzzleDomain> domains, String puzzle) {
    String text = puzzle.strip();
    for (Map.Entry<String, PuzzleDomain> candidate : domains.entrySet()) {
      if (Datasets.reads(candidate.getValue().codec(), text)) {
        return candidate.getKey();
      }
    }
    InvalidPuzzleException refusal = null;
    List<String> forms = new ArrayList<>();
    int cells = puzzle.replaceAll("\\s", "").length();
    for (Map.Entry<String, PuzzleDomain> candidate : domains.entrySet()) {
      PuzzleDomain domain = candidate.getValue();
      String question = trm.question(domain, puzzle);
      try {
        domain.codec().encode(question);
        return candidate.getKey();
      } catch (InvalidPuzzleException e) {
        forms.add("%s (%s characters)".formatted(candidate.getKey(), domain.seqLen()));
        if (domain.seqLen() == question.replaceAll("\\s", "").length()) {
          refusal = e;
        }
      }
    }
    throw refusal != null
        ? refusal
        : new InvalidPuzzleException(
            "puzzle of %s characters: no model takes it; there: %s"
                .formatted(cells, forms.isEmpty() ? "none" : String.join(", ", forms)));
  }
}
