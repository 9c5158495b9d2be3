package org.trm4j.view;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/** Tokens as a person reads them. */
@API(status = API.Status.INTERNAL, since = "0.2.0")
public final class GridText {
  private GridText() {}

  /** Returns the domain's compact form; empty without a domain. */
  public static String compact(@Nullable PuzzleDomain domain, int[] tokens) {
    return domain == null ? "" : domain.codec().decode(tokens.clone());
  }

  /** Returns one line for each row, cells apart by a space; empty without a domain. */
  public static String rows(@Nullable PuzzleDomain domain, int[] tokens) {
    if (domain == null) {
      return "";
    }
    PuzzleCodec codec = domain.codec();
    PuzzleDomain.GridShape shape = codec.grid();
    String[] symbols = new String[tokens.length];
    int width = 1;
    for (int i = 0; i < tokens.length; i++) {
      symbols[i] = codec.symbol(tokens[i]);
      width = Math.max(width, symbols[i].length());
    }
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < shape.rows(); row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < shape.columns(); column++) {
        String symbol = symbols[row * shape.columns() + column];
        line.append(column == 0 ? "" : " ").append(" ".repeat(width - symbol.length()));
        line.append(symbol);
      }
      text.append(row == 0 ? "" : "\n").append(line.toString().stripTrailing());
    }
    return text.toString();
  }
}
