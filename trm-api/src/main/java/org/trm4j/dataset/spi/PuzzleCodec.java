package org.trm4j.dataset.spi;

import org.apiguardian.api.API;

/** Translates between text and tokens. Stateless. */
@API(status = API.Status.STABLE, since = "0.1.0")
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

  /** Returns how the tokens lie on a grid. */
  GridShape grid();
}
