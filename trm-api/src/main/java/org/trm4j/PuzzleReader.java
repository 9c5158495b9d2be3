package org.trm4j;

import org.jspecify.annotations.Nullable;
import org.trm4j.checkpoint.model.ModelDescription;
import org.trm4j.dataset.spi.PuzzleDomain;
import org.trm4j.identity.IdentifierNames;
import org.trm4j.plugin.PluginException;

/** Makes the puzzles of a model: their tokens from text, and which of its tasks they are of. */
record PuzzleReader(
    ModelDescription description, @Nullable PuzzleDomain domain, IdentifierNames tasks) {

  Puzzle puzzle(int[] tokens, @Nullable String task) {
    boolean rules = domain != null && domain.verifier().isPresent();
    return new Puzzle(
        tokens,
        task == null
            ? tasks.unnamed(description.config(), rules)
            : tasks.identifier(task, description.config()));
  }

  int[] tokens(String question) {
    if (domain == null) {
      String id = description.domain();
      throw new PluginException(
          id.isEmpty()
              ? "model: has no puzzle domain that could read %s; give tokens".formatted(question)
              : "model: its puzzle domain '%s' is not on the class path; add org.trm4j:trm-datasets or the plug-in that has it, or give tokens"
                  .formatted(id));
    }
    return domain.codec().encode(question);
  }
}
