package org.trm4j.datasets.grid;

import java.util.ArrayList;
import java.util.List;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;

/**
 * Rules in one line, such as {@code rows,columns,boxes(2x3):all-different; givens}. Statements are
 * separated by {@code ;}. A statement is
 *
 * <ul>
 *   <li>{@code REGIONS:CONDITION}: regions are {@code rows}, {@code columns}, {@code boxes(RxC)},
 *       {@code diagonals} (the two long ones) and {@code grid}; conditions {@code all-different},
 *       {@code all-different(SYMBOLS)}, {@code sum(N)}, {@code count(SYMBOLS,RANGE)}
 *   <li>{@code cells(SYMBOLS):neighbours(SYMBOLS,RANGE)}, {@code :touching(...)} with the diagonal
 *       ones too, {@code :sees(SYMBOLS,RANGE,PAST)} along the four directions past symbols
 *   <li>{@code connected(SYMBOLS)}: those cells are one group
 *   <li>{@code less(<>^v)}: the cell on the pointed side is the smaller one of the two beside it
 *   <li>{@code givens}: they are kept; always checked
 * </ul>
 *
 * A range is a number, {@code 1-4}, or {@code own}: the number that stands in the cell.
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class GridRules {
  private final String written;
  private final List<GridRule> rules;

  private GridRules(String written, List<GridRule> rules) {
    this.written = written;
    this.rules = List.copyOf(rules);
  }

  /** Reads rules; throws {@link DatasetException} that names the statement. */
  public static GridRules parse(String written, GridAlphabet alphabet) {
    List<GridRule> rules = new ArrayList<>();
    for (String statement : written.split(";", -1)) {
      String text = statement.strip();
      if (text.isEmpty() || text.equals("givens")) {
        continue;
      }
      try {
        rules.addAll(new GridRuleParser(text, alphabet).parse());
      } catch (DatasetException e) {
        throw new DatasetException("rules: '%s': %s".formatted(text, e.getMessage()), e);
      }
    }
    return new GridRules(written.strip(), rules);
  }

  /** Returns the rules as they were written. */
  public String written() {
    return written;
  }

  /** Returns whether there are no rules. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /** Returns what rule an answer breaks and where, or null. */
  @Nullable String breach(GridFrame.Board answer) {
    for (GridRule rule : rules) {
      String breach = rule.breach(answer);
      if (breach != null) {
        return breach;
      }
    }
    return null;
  }

  /** Returns what is wrong with the givens of a question for every answer, or null. */
  @Nullable String contradiction(GridFrame.Board question, boolean[] open) {
    for (GridRule rule : rules) {
      String contradiction = rule.contradiction(question, open);
      if (contradiction != null) {
        return contradiction;
      }
    }
    return null;
  }
}
