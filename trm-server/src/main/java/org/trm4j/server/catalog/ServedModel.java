package org.trm4j.server.catalog;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.TrmModel;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * A model and the name it is served by.
 *
 * @param name of the model
 * @param model the model
 */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public record ServedModel(String name, TrmModel model) {

  /** Returns the puzzle domain; throws where the model has none, so that it takes tokens alone. */
  public PuzzleDomain domain() {
    PuzzleDomain domain = model.domain();
    if (domain == null) {
      throw new InvalidPuzzleException(
          "model %s: has no puzzle domain, and so no text form; ask with tokens, by /v2/models/%s/infer"
              .formatted(name, name));
    }
    return domain;
  }

  /** Returns S, the tokens of a puzzle. */
  public int seqLen() {
    return model.description().config().seqLen();
  }

  /** Returns V; tokens are 0 to V - 1. */
  public int vocabSize() {
    return model.description().config().vocabSize();
  }

  /**
   * Returns the character of each token in the compact form; null where it has no single one, or
   * where a later token has the same: padding, which comes first, is written as an open cell is.
   */
  public @Nullable String[] characters() {
    PuzzleCodec codec = domain().codec();
    @Nullable String[] characters = new @Nullable String[vocabSize()];
    Set<String> seen = new HashSet<>();
    for (int token = characters.length - 1; token >= 0; token--) {
      String character = character(codec, token);
      characters[token] = character != null && seen.add(character) ? character : null;
    }
    return characters;
  }

  private @Nullable String character(PuzzleCodec codec, int token) {
    int[] tokens = new int[seqLen()];
    Arrays.fill(tokens, token);
    try {
      String text = codec.decode(tokens);
      return text.length() == tokens.length ? text.substring(0, 1) : null;
    } catch (RuntimeException e) {
      // A token that no cell may have, such as padding.
      return null;
    }
  }

  /**
   * Returns the tokens of an answer in compact form. Unlike a question, it may break the rules.
   *
   * @throws InvalidPuzzleException that says which characters and how many are expected
   */
  public int[] answerTokens(String answer) {
    String text = answer.replaceAll("\\s", "");
    Map<String, Integer> tokens = new HashMap<>();
    @Nullable String[] characters = characters();
    for (int token = 0; token < characters.length; token++) {
      String character = characters[token];
      if (character != null) {
        tokens.putIfAbsent(character, token);
      }
    }
    if (text.length() != seqLen()) {
      throw new InvalidPuzzleException(
          "answer of %s characters, expected %s for model %s"
              .formatted(text.length(), seqLen(), name));
    }
    int[] result = new int[text.length()];
    for (int i = 0; i < result.length; i++) {
      Integer token = tokens.get(text.substring(i, i + 1));
      if (token == null) {
        throw new InvalidPuzzleException(
            "answer: character %s is '%s', expected one of %s"
                .formatted(i + 1, text.charAt(i), String.join("", tokens.keySet())));
      }
      result[i] = Objects.requireNonNull(token);
    }
    return result;
  }
}
