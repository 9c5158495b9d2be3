package org.trm4j.mcp;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Reads an answer, which unlike a question may break the puzzle's rules. */
final class AnswerText {
  private AnswerText() {}

  /**
   * Returns the tokens [S] of an answer in compact form.
   *
   * @throws InvalidPuzzleException that says which characters and how many are expected
   */
  static int[] tokens(PuzzleDomain domain, String answer) {
    String text = answer.replaceAll("\\s", "");
    if (text.length() != domain.seqLen()) {
      throw new InvalidPuzzleException(
          "answer of %s characters, expected %s".formatted(text.length(), domain.seqLen()));
    }
    Map<String, Integer> known = characters(domain);
    int[] tokens = new int[text.length()];
    for (int i = 0; i < tokens.length; i++) {
      Integer token = known.get(text.substring(i, i + 1));
      if (token == null) {
        throw new InvalidPuzzleException(
            "answer: character %s is '%s', expected one of %s"
                .formatted(i + 1, text.charAt(i), String.join("", known.keySet())));
      }
      tokens[i] = token;
    }
    return tokens;
  }

  /** Padding, which comes first, is written as an open cell is: the later token counts. */
  private static Map<String, Integer> characters(PuzzleDomain domain) {
    Map<String, Integer> known = new LinkedHashMap<>();
    for (int token = 0; token < domain.vocabSize(); token++) {
      int[] cells = new int[domain.seqLen()];
      Arrays.fill(cells, token);
      try {
        String text = domain.codec().decode(cells);
        if (text.length() == cells.length) {
          known.put(text.substring(0, 1), token);
        }
      } catch (RuntimeException e) {
        // A token that no cell may have.
        continue;
      }
    }
    return known;
  }
}
