package org.trm4j.datasets.io.grid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.trm4j.dataset.spi.DatasetException;
import org.trm4j.datasets.Options;
import org.trm4j.datasets.grid.GridAlphabet;
import org.trm4j.datasets.grid.GridFrame;
import org.trm4j.datasets.io.text.PuzzleRow;
import org.trm4j.datasets.io.text.PuzzleTextFile;

/**
 * Reads all files for their symbols, their sizes, and the symbols that answers change. Options
 * override what would be inferred.
 */
final class GridScan implements PuzzleTextFile.Rows {
  private final GridCells cells;
  private final Options options;
  private final Map<String, Use> uses = new HashMap<>();
  private final Set<String> answered = new HashSet<>();
  private final List<String> notes = new ArrayList<>();
  private String firstFault = "";
  private int fewestRows = Integer.MAX_VALUE;
  private int fewestColumns = Integer.MAX_VALUE;
  private int mostRows;
  private int mostColumns;

  /** How questions use a symbol. */
  private static final class Use {
    private int questions;
    private int changed;
    private long firstLine;
    private String firstChange = "";
    private final Set<String> becomes = new HashSet<>();
  }

  GridScan(GridCells cells, Options options) {
    this.cells = cells;
    this.options = options;
  }

  @Override
  public void row(PuzzleRow row) {
    if (row.answer().isBlank()) {
      return;
    }
    List<List<String>> question;
    List<List<String>> answer;
    try {
      question = cells.rows(row.question());
      answer = cells.rows(row.answer());
    } catch (DatasetException e) {
      firstFault =
          firstFault.isEmpty() ? "line %s: %s".formatted(row.line(), e.getMessage()) : firstFault;
      return;
    }
    if (question.size() != answer.size()
        || question.getFirst().size() != answer.getFirst().size()) {
      return;
    }
    fewestRows = Math.min(fewestRows, question.size());
    mostRows = Math.max(mostRows, question.size());
    fewestColumns = Math.min(fewestColumns, question.getFirst().size());
    mostColumns = Math.max(mostColumns, question.getFirst().size());
    compare(row.line(), question, answer);
  }

  private void compare(long line, List<List<String>> question, List<List<String>> answer) {
    Set<String> here = new HashSet<>();
    Set<String> changedHere = new HashSet<>();
    for (int r = 0; r < question.size(); r++) {
      for (int c = 0; c < question.get(r).size(); c++) {
        String asked = question.get(r).get(c);
        String given = answer.get(r).get(c);
        Use use = uses.computeIfAbsent(asked, symbol -> new Use());
        use.becomes.add(given);
        answered.add(given);
        use.questions += here.add(asked) ? 1 : 0;
        if (!asked.equals(given) && changedHere.add(asked)) {
          use.changed++;
          if (use.firstLine == 0) {
            use.firstLine = line;
            use.firstChange =
                "row %s column %s is '%s' and becomes '%s'".formatted(r + 1, c + 1, asked, given);
          }
        }
      }
    }
  }

  @Override
  public void bad(long line, String reason) {
    // The last reading reports it, unless there is nothing else.
    firstFault = firstFault.isEmpty() ? "line %s: %s".formatted(line, reason) : firstFault;
  }

  GridFrame frame() {
    if (mostRows == 0 && !firstFault.isEmpty()) {
      throw new DatasetException("grid: " + firstFault);
    }
    if (mostRows == 0) {
      throw new DatasetException(
          "grid: no row has a question and an answer of one size; expected CSV with a header such as question,answer or JSON lines such as {\"question\": \"12./...\", \"answer\": \"123/...\"}");
    }
    int rows = side("rows", mostRows);
    int columns = side("columns", mostColumns);
    notes.add(
        fewestRows == rows && fewestColumns == columns
            ? "shape: %s rows x %s columns%s".formatted(rows, columns, cells.why())
            : "shape: %s to %s rows x %s to %s columns, padded to %s x %s"
                .formatted(fewestRows, mostRows, fewestColumns, mostColumns, rows, columns));
    return new GridFrame(rows, columns);
  }

  private int side(String option, int found) {
    int side = options.has(option) ? (int) options.integer(option, 1, GridFrame.MOST_CELLS) : found;
    if (side < found) {
      throw new DatasetException(
          "grid: a grid has %s %s, expected at most %s (option %s)"
              .formatted(found, option, side, option));
    }
    return side;
  }

  GridAlphabet alphabet() {
    Set<String> open = open();
    Set<String> fill = new HashSet<>();
    uses.forEach((symbol, use) -> {
      if (open.contains(symbol)) {
        fill.addAll(use.becomes);
      }
    });
    if (options.has("fill")) {
      fill.clear();
      fill.addAll(GridAlphabet.read(options.text("fill")));
    }
    List<String> symbols = symbols(open);
    notes.add(
        "symbols: %s; open in questions: %s; answers put there: %s; given: %s"
            .formatted(
                GridAlphabet.list(symbols),
                GridAlphabet.list(symbols.stream().filter(open::contains).toList()),
                GridAlphabet.list(symbols.stream().filter(fill::contains).toList()),
                GridAlphabet.list(
                    symbols.stream()
                        .filter(s -> uses.containsKey(s) && !open.contains(s))
                        .toList())));
    return new GridAlphabet(symbols, open, fill);
  }

  private List<String> symbols(Set<String> open) {
    if (options.has("symbols")) {
      return GridAlphabet.read(options.text("symbols"));
    }
    Set<String> all = new TreeSet<>(uses.keySet());
    all.addAll(answered);
    if (all.size() > GridAlphabet.MOST) {
      throw new DatasetException(
          "grid: %s symbols, expected at most %s; are the cells separated as they are read%s?"
              .formatted(all.size(), GridAlphabet.MOST, cells.why()));
    }
    return all.stream()
        .sorted(
            Comparator.<String, Boolean>comparing(symbol -> !open.contains(symbol))
                .thenComparing(String::length)
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  /** A symbol that answers change is open; one that they change now and then is asked about. */
  private Set<String> open() {
    if (options.text("open").equals("*")) {
      return Set.copyOf(uses.keySet());
    }
    if (options.has("open")) {
      return Set.copyOf(GridAlphabet.read(options.text("open")));
    }
    Set<String> open = new TreeSet<>();
    for (Map.Entry<String, Use> entry : uses.entrySet()) {
      Use use = entry.getValue();
      if (use.changed > 0 && 2 * use.changed >= use.questions) {
        open.add(entry.getKey());
      }
    }
    for (Map.Entry<String, Use> entry : uses.entrySet()) {
      Use use = entry.getValue();
      if (use.changed > 0 && !open.contains(entry.getKey())) {
        throw new DatasetException(
            "grid: line %s: %s, as in %s of the %s puzzles that have it: either that answer is wrong, or it is an open cell; write ?open=%s or ?open=%s (* for all)"
                .formatted(
                    use.firstLine,
                    use.firstChange,
                    use.changed,
                    use.questions,
                    GridAlphabet.list(open),
                    GridAlphabet.list(open) + GridAlphabet.list(List.of(entry.getKey()))));
      }
    }
    if (open.isEmpty()) {
      throw new DatasetException(
          "grid: no answer changes a cell of its question; write which symbols are open, such as ?open=%s"
              .formatted(GridAlphabet.list(uses.keySet().stream().sorted().limit(1).toList())));
    }
    return open;
  }

  List<String> notes() {
    return notes;
  }
}
