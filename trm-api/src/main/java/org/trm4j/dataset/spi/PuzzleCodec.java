package org.trm4j.dataset.spi;

import java.util.stream.IntStream;
import org.apiguardian.api.API;

/** Translates between text and tokens. Stateless. */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface PuzzleCodec {

  /**
   * Returns the tokens [S] of a question, checked: one that breaks the puzzle's rules (two equal
   * givens in a row) is refused with an {@link InvalidPuzzleException} that says where.
   */
  int[] encode(String question);

  /**
   * Returns the compact text of tokens; {@code encode(decode(t))} equals t for a valid question.
   */
  String decode(int[] tokens);

  /**
   * Returns what a person sees in a cell with that token; one or two characters, a space or dot for
   * blank.
   */
  String symbol(int token);

  /** Returns whether a token means an open cell that the answer fills in. */
  boolean blank(int token);

  /**
   * Returns the tokens that an answer may have in a cell whose question has this one: unless the
   * codec says otherwise, every token that is not blank for a blank one, and itself for another.
   *
   * @param vocabulary V
   */
  @API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
  default int[] candidates(int token, int vocabulary) {
    return blank(token)
        ? IntStream.range(0, vocabulary).filter(other -> !blank(other)).toArray()
        : new int[] {token};
  }

  /** Returns in a few words what a token means, such as {@code wall}, for {@code trm data info}. */
  @API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
  default String meaning(int token) {
    return blank(token) ? "open" : "";
  }

  /** Returns how the tokens lie on a grid. */
  PuzzleDomain.GridShape grid();
}
