package org.trm4j.task.deduction;

import java.util.Arrays;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Open cells, 0, hold any other value. */
record SmallValues() implements PuzzleCodec {
  @Override
  public int[] encode(String question) {
    return question.chars().map(c -> c - '0').toArray();
  }

  @Override
  public String decode(int[] tokens) {
    return Arrays.toString(tokens);
  }

  @Override
  public String symbol(int token) {
    return Integer.toString(token);
  }

  @Override
  public boolean blank(int token) {
    return token == 0;
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(2, 2, 1, 1);
  }
}
