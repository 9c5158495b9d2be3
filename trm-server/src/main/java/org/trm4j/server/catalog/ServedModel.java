package org.trm4j.server.catalog;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.Puzzle;
import org.trm4j.Trm;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * A model and the name under which it is served.
 *
 * @param name the name
 * @param model the model
 * @param trm the library, with its file readers
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record ServedModel(String name, TrmModel model, Trm trm) {

  /** Returns the puzzle domain; throws if the model has none and therefore takes only tokens. */
  public PuzzleDomain domain() {
    return model
        .domain()
        .orElseThrow(() ->
            new InvalidPuzzleException(
                "model %s: has no puzzle domain, and so no text form; ask with tokens, by /v2/models/%s/infer"
                    .formatted(name, name)));
  }

  /** Returns S, the number of tokens of a puzzle. */
  public int seqLen() {
    return model.description().config().seqLen();
  }

  /** Returns V; tokens are 0 to V - 1. */
  public int vocabSize() {
    return model.description().config().vocabSize();
  }

  /**
   * Reads a puzzle as a person types or pastes it.
   *
   * @param task the name of its task, if the model tells several apart
   */
  public Puzzle parse(String pasted, @Nullable String task) {
    return model.parse(trm.question(domain(), pasted), task);
  }
}
