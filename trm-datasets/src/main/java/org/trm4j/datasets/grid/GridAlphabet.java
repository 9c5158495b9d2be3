package org.trm4j.datasets.grid;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The symbols of a grid puzzle. Token 0 pads, token i + 1 is symbol i.
 *
 * @param symbols in the order of their tokens, each of one or more characters
 * @param open symbols of questions that an answer may change
 * @param fill symbols that an answer may put there
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record GridAlphabet(List<String> symbols, Set<String> open, Set<String> fill) {
  /** The token that pads smaller grids. */
  public static final int PAD = 0;

  /** How many symbols there can be. */
  public static final int MOST = 256;

  /** What stands for a space where symbols are listed. */
  private static final String SPACE = "\u2423";

  /** Checks that open and fill are symbols. */
  public GridAlphabet {
    symbols = List.copyOf(symbols);
    open = Set.copyOf(open);
    fill = Set.copyOf(fill);
    if (symbols.isEmpty() || symbols.size() > MOST) {
      throw new DatasetException(
          "grid: %s symbols, expected 1 to %s".formatted(symbols.size(), MOST));
    }
    for (Set<String> some : List.of(open, fill)) {
      for (String symbol : some) {
        if (!symbols.contains(symbol)) {
          throw new DatasetException(
              "grid: '%s' is none of the symbols %s".formatted(symbol, list(symbols)));
        }
      }
    }
    if (new LinkedHashSet<>(symbols).size() < symbols.size()) {
      throw new DatasetException("grid: a symbol stands twice in %s".formatted(list(symbols)));
    }
  }

  /**
   * Reads a list of symbols: one character each, or separated by spaces; a symbol that is a space
   * is written U+2423.
   */
  public static List<String> read(String list) {
    List<String> parts =
        list.contains(" ")
            ? List.of(list.strip().split(" +"))
            : list.codePoints().mapToObj(Character::toString).toList();
    return parts.stream().map(part -> part.equals(SPACE) ? " " : part).toList();
  }

  /** Returns what {@link #read} reads. */
  public static String list(Iterable<String> symbols) {
    StringBuilder out = new StringBuilder();
    boolean single = true;
    for (String symbol : symbols) {
      single &= symbol.codePointCount(0, symbol.length()) == 1;
    }
    for (String symbol : symbols) {
      out.append(!single && !out.isEmpty() ? " " : "").append(symbol.equals(" ") ? SPACE : symbol);
    }
    return out.toString();
  }

  /** Returns whether every symbol is one character, so that cells need no separator. */
  public boolean single() {
    return symbols.stream().allMatch(symbol -> symbol.codePointCount(0, symbol.length()) == 1);
  }

  /** Returns the vocabulary: the symbols and what pads. */
  public int vocabSize() {
    return symbols.size() + 1;
  }

  /** Returns the token of each symbol. */
  public Map<String, Integer> tokens() {
    Map<String, Integer> tokens = new HashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      tokens.put(symbols.get(i), i + 1);
    }
    return tokens;
  }

  /** Returns the symbol of a token; a space for one that pads or is none. */
  public String symbol(int token) {
    return token > PAD && token <= symbols.size() ? symbols.get(token - 1) : " ";
  }

  /** Returns by token whether it is one of some symbols. */
  public boolean[] among(Set<String> some) {
    boolean[] among = new boolean[vocabSize()];
    for (int i = 0; i < symbols.size(); i++) {
      among[i + 1] = some.contains(symbols.get(i));
    }
    return among;
  }

  /**
   * Returns the number that a token stands for in sums and comparisons: a number as it is written,
   * letters from 10 on; -1 for others.
   */
  public int value(int token) {
    String symbol = symbol(token);
    if (symbol.matches("\\d{1,6}")) {
      return Integer.parseInt(symbol);
    }
    char letter = symbol.length() == 1 ? Character.toUpperCase(symbol.charAt(0)) : ' ';
    return letter >= 'A' && letter <= 'Z' ? letter - 'A' + 10 : -1;
  }
}
