package org.trm4j.frontend;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;
import org.trm4j.Trm;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Puzzles as a person types or pastes them. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class PuzzleText {
  private PuzzleText() {}

  /**
   * Returns the name of the first of these models that reads a puzzle, as a person types or pastes
   * it.
   *
   * @param domains of the models, by name
   * @throws InvalidPuzzleException where none does: what the one of this size finds wrong with the
   *     puzzle, or else which sizes there are
   */
  public static String model(Map<String, PuzzleDomain> domains, String puzzle) {
    InvalidPuzzleException refusal = null;
    List<String> forms = new ArrayList<>();
    int cells = puzzle.replaceAll("\\s", "").length();
    for (Map.Entry<String, PuzzleDomain> candidate : domains.entrySet()) {
      PuzzleDomain domain = candidate.getValue();
      String question = Trm.standard().question(domain, puzzle);
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
