package org.trm4j.datasets.grid;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.trm4j.dataset.spi.DatasetException;

/** Reads one statement of rules. */
final class GridRuleParser {
  private static final Pattern CALL = Pattern.compile("([a-z-]+)(?:\\((.*)\\))?");

  private final String statement;
  private final GridAlphabet alphabet;

  GridRuleParser(String statement, GridAlphabet alphabet) {
    this.statement = statement;
    this.alphabet = alphabet;
  }

  private record Call(String name, List<String> arguments) {}

  List<GridRule> parse() {
    int colon = outside(statement, ':');
    if (colon < 0) {
      return List.of(alone(call(statement)));
    }
    String head = statement.substring(0, colon).strip();
    Call condition = call(statement.substring(colon + 1).strip());
    List<GridRule> rules = new ArrayList<>();
    for (String part : split(head, ',')) {
      Call region = call(part.strip());
      rules.add(
          region.name().equals("cells")
              ? cells(region, condition)
              : new RegionRule(regions(region), condition(condition), alphabet));
    }
    return rules;
  }

  private GridRule alone(Call call) {
    return switch (call.name()) {
      case "connected" -> new ConnectedRule(symbols(call, 0, 1), call.arguments().getFirst());
      case "less" -> new LessRule(arrows(call), alphabet);
      default ->
          throw new DatasetException(
              "expected REGIONS:CONDITION, cells(SYMBOLS):CONDITION, connected(SYMBOLS), less(<>^v) or givens");
    };
  }

  private int[] arrows(Call call) {
    return arrows(call.arguments().isEmpty() ? "" : String.join(",", call.arguments()), alphabet);
  }

  /** Returns the tokens of the symbols that point left, right, up and down. */
  static int[] arrows(String text, GridAlphabet alphabet) {
    List<String> symbols = GridAlphabet.read(text);
    if (symbols.size() != 4) {
      throw new DatasetException(
          "%s symbols, expected four, which point left, right, up and down: <>^v"
              .formatted(symbols.size()));
    }
    int[] tokens = new int[4];
    for (int i = 0; i < 4; i++) {
      // A file without, say, any v has no token for it.
      tokens[i] = alphabet.tokens().getOrDefault(symbols.get(i), -1);
    }
    return tokens;
  }

  private RegionRule.Regions regions(Call region) {
    return switch (region.name()) {
      case "rows" -> RegionRule.ROWS;
      case "columns" -> RegionRule.COLUMNS;
      case "diagonals" -> RegionRule.DIAGONALS;
      case "grid" -> RegionRule.GRID;
      case "boxes" -> {
        Matcher size =
            Pattern.compile("(\\d{1,3})x(\\d{1,3})").matcher(String.join(",", region.arguments()));
        if (!size.matches()) {
          throw new DatasetException("expected boxes(ROWSxCOLUMNS), such as boxes(2x3)");
        }
        yield RegionRule.boxes(
            Math.max(1, Integer.parseInt(size.group(1))),
            Math.max(1, Integer.parseInt(size.group(2))));
      }
      default ->
          throw new DatasetException(
              "%s is no region, expected rows, columns, boxes(RxC), diagonals, grid or cells(SYMBOLS)"
                  .formatted(region.name()));
    };
  }

  private RegionRule.Condition condition(Call call) {
    return switch (call.name()) {
      case "all-different" ->
          RegionRule.allDifferent(
              call.arguments().isEmpty()
                  ? alphabet.among(Set.copyOf(alphabet.symbols()))
                  : symbols(call, 0, 1));
      case "sum" -> {
        Range range = range(call, 0, 1);
        if (range.own()) {
          throw new DatasetException("sum(own) has no meaning, expected a number");
        }
        yield RegionRule.sum(range.from(), range.to());
      }
      case "count" -> {
        boolean[] counted = symbols(call, 0, 2);
        Range range = range(call, 1, 2);
        yield RegionRule.count(counted, call.arguments().getFirst(), range.from(), range.to());
      }
      default ->
          throw new DatasetException(
              "%s is no condition of regions, expected all-different, sum(N) or count(SYMBOLS,N)"
                  .formatted(call.name()));
    };
  }

  private GridRule cells(Call region, Call condition) {
    boolean[] subject = symbols(region, 0, 1);
    int arguments = condition.name().equals("sees") ? 3 : 2;
    CellRule.Kind kind =
        switch (condition.name()) {
          case "neighbours" -> CellRule.Kind.NEIGHBOURS;
          case "touching" -> CellRule.Kind.TOUCHING;
          case "sees" -> CellRule.Kind.SEES;
          default ->
              throw new DatasetException(
                  "%s is no condition of cells, expected neighbours(SYMBOLS,N), touching(SYMBOLS,N) or sees(SYMBOLS,N,PAST)"
                      .formatted(condition.name()));
        };
    boolean[] counted = symbols(condition, 0, arguments);
    boolean[] past =
        arguments == 3 ? symbols(condition, 2, arguments) : new boolean[counted.length];
    return new CellRule(
        kind,
        subject,
        counted,
        condition.arguments().getFirst(),
        range(condition, 1, arguments),
        past,
        alphabet);
  }

  private boolean[] symbols(Call call, int index, int arguments) {
    return alphabet.among(Set.copyOf(GridAlphabet.read(argument(call, index, arguments))));
  }

  private static String argument(Call call, int index, int arguments) {
    if (call.arguments().size() != arguments || call.arguments().get(index).isBlank()) {
      throw new DatasetException(
          "%s has %s arguments, expected %s"
              .formatted(call.name(), call.arguments().size(), arguments));
    }
    return call.arguments().get(index);
  }

  /** A number or a range of numbers; own: the number that stands in the cell. */
  record Range(int from, int to, boolean own) {
    @Override
    public String toString() {
      return own ? "its own number" : from == to ? "" + from : from + " to " + to;
    }
  }

  private static Range range(Call call, int index, int arguments) {
    String text = argument(call, index, arguments).strip();
    if (text.equals("own")) {
      return new Range(0, 0, true);
    }
    Matcher range = Pattern.compile("(\\d{1,6})(?:-(\\d{1,6}))?").matcher(text);
    if (!range.matches()) {
      throw new DatasetException(
          "%s: '%s', expected a number, a range such as 1-4, or own".formatted(call.name(), text));
    }
    int from = Integer.parseInt(range.group(1));
    return new Range(from, range.group(2) == null ? from : Integer.parseInt(range.group(2)), false);
  }

  private static Call call(String text) {
    Matcher call = CALL.matcher(text);
    if (!call.matches()) {
      throw new DatasetException(
          "'%s', expected a name such as rows or count(X,1)".formatted(text));
    }
    return new Call(call.group(1), call.group(2) == null ? List.of() : split(call.group(2), ','));
  }

  private static int outside(String text, char wanted) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == wanted && depth == 0) {
        return i;
      }
    }
    return -1;
  }

  /** Splits outside parentheses. */
  static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    for (int at = outside(rest, separator); at >= 0; at = outside(rest, separator)) {
      parts.add(rest.substring(0, at));
      rest = rest.substring(at + 1);
    }
    parts.add(rest);
    return parts;
  }
}
