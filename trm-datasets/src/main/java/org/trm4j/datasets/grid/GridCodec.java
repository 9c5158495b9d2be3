package org.trm4j.datasets.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.trm4j.dataset.spi.InvalidPuzzleException;
import org.trm4j.dataset.spi.PuzzleCodec;
import org.trm4j.dataset.spi.PuzzleDomain;

/**
 * Text of a grid: its rows one after another in one line where it fills the frame, else separated
 * by {@code /} or line ends; cells are separated by spaces where a symbol has several characters.
 */
final class GridCodec implements PuzzleCodec {
  private final GridAlphabet alphabet;
  private final GridFrame frame;
  private final GridRules rules;
  private final Map<String, Integer> tokens;
  private final boolean[] open;
  private final boolean single;
  private final boolean slashes;

  GridCodec(GridAlphabet alphabet, GridFrame frame, GridRules rules) {
    this.alphabet = alphabet;
    this.frame = frame;
    this.rules = rules;
    this.tokens = alphabet.tokens();
    this.open = alphabet.among(alphabet.open());
    this.single = alphabet.single();
    this.slashes = !tokens.containsKey("/");
  }

  @Override
  public int[] encode(String question) {
    GridFrame.Board board = read(question);
    String fault = rules.contradiction(board, open);
    if (fault != null) {
      throw new InvalidPuzzleException("grid: the givens contradict each other: " + fault);
    }
    return frame.tokens(board);
  }

  /** Reads cells without checking what they mean. */
  GridFrame.Board read(String text) {
    List<List<String>> rows = rows(text);
    int high = rows.size();
    int wide = rows.isEmpty() ? 0 : rows.getFirst().size();
    if (high == 1 && wide > frame.columns() && wide == frame.cells()) {
      high = frame.rows();
      wide = frame.columns();
    }
    if (high < 1 || wide < 1 || high > frame.rows() || wide > frame.columns()) {
      throw new InvalidPuzzleException(
          "grid: %s rows, the first of %s cells, expected at most %s rows of %s; rows are separated by %s"
              .formatted(
                  rows.size(),
                  rows.isEmpty() ? 0 : rows.getFirst().size(),
                  frame.rows(),
                  frame.columns(),
                  slashes ? "/ or line ends" : "line ends"));
    }
    List<String> cells = new ArrayList<>();
    for (List<String> row : rows) {
      if (row.size() != rows.getFirst().size()) {
        throw new InvalidPuzzleException(
            "grid: a row of %s cells and one of %s, expected rows of one width"
                .formatted(rows.getFirst().size(), row.size()));
      }
      cells.addAll(row);
    }
    int[] read = new int[high * wide];
    for (int i = 0; i < read.length; i++) {
      Integer token = tokens.get(cells.get(i));
      if (token == null) {
        throw new InvalidPuzzleException(
            "grid: row %s column %s is '%s', expected one of %s"
                .formatted(
                    i / wide + 1,
                    i % wide + 1,
                    cells.get(i),
                    GridAlphabet.list(alphabet.symbols())));
      }
      read[i] = token;
    }
    return new GridFrame.Board(high, wide, read);
  }

  private List<List<String>> rows(String text) {
    List<List<String>> rows = new ArrayList<>();
    for (String line : (slashes ? text.replace('/', '\n') : text).split("\r?\n", -1)) {
      if (single) {
        List<String> cells = line.codePoints().mapToObj(Character::toString).toList();
        // 1 2 . 3 means the same as 12.3, unless the space is a symbol.
        if (!tokens.containsKey(" ")) {
          cells = cells.stream().filter(cell -> !cell.isBlank()).toList();
        }
        if (!cells.isEmpty()) {
          rows.add(cells);
        }
      } else if (!line.isBlank()) {
        rows.add(List.of(line.strip().split("[\\s,]+")));
      }
    }
    return rows;
  }

  @Override
  public String decode(int[] tokens) {
    GridFrame.Board board = frame.board(tokens);
    return text(board, board.rows != frame.rows() || board.columns != frame.columns());
  }

  /** Returns the text of a grid with its rows on separate lines. */
  String rows(int[] tokens) {
    return text(frame.board(tokens), true);
  }

  private String text(GridFrame.Board board, boolean apart) {
    StringBuilder out = new StringBuilder();
    for (int cell = 0; cell < board.cells.length; cell++) {
      if (cell > 0 && cell % board.columns == 0 && apart) {
        out.append(slashes ? '/' : '\n');
      } else if (cell > 0 && !single) {
        out.append(' ');
      }
      out.append(alphabet.symbol(board.cells[cell]));
    }
    return out.toString();
  }

  @Override
  public String symbol(int token) {
    return alphabet.symbol(token);
  }

  @Override
  public boolean blank(int token) {
    return token > 0 && token < open.length && open[token];
  }

  @Override
  public int[] candidates(int token, int vocabulary) {
    if (!blank(token)) {
      return new int[] {token};
    }
    boolean[] fill = alphabet.among(alphabet.fill());
    return IntStream.range(0, vocabulary).filter(t -> t < fill.length && fill[t]).toArray();
  }

  @Override
  public String meaning(int token) {
    if (token == GridAlphabet.PAD) {
      return "outside a smaller grid";
    }
    boolean filled = alphabet.fill().contains(alphabet.symbol(token));
    return blank(token)
        ? filled ? "open in questions, and in answers" : "open"
        : filled ? "in answers" : "given";
  }

  @Override
  public PuzzleDomain.GridShape grid() {
    return new PuzzleDomain.GridShape(frame.rows(), frame.columns(), frame.rows(), frame.columns());
  }
}
