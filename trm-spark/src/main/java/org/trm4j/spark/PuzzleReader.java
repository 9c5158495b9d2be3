package org.trm4j.spark;

import java.util.List;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.trm4j.Puzzle;
import org.trm4j.TrmModel;
import org.trm4j.model.ModelConfig;

/** Reads the puzzle of a row: text as the model's domain writes it, or an array of tokens. */
final class PuzzleReader {
  private PuzzleReader() {}

  /** Throws {@link IllegalArgumentException} or a data set's exception if there is no puzzle. */
  static Puzzle read(TrmModel model, Row row, int column) {
    if (row.isNullAt(column)) {
      throw new IllegalArgumentException("the puzzle is null");
    }
    Object value = row.get(column);
    return value instanceof String text ? model.parse(text) : tokens(model, row.getList(column));
  }

  private static Puzzle tokens(TrmModel model, List<@Nullable Object> list) {
    ModelConfig config = model.plan().config();
    if (list.size() != config.seqLen()) {
      throw new IllegalArgumentException(
          "the puzzle has %s tokens, expected %s".formatted(list.size(), config.seqLen()));
    }
    int[] tokens = new int[list.size()];
    for (int i = 0; i < tokens.length; i++) {
      if (!(list.get(i) instanceof Number number)
          || number.longValue() < 0
          || number.longValue() >= config.vocabSize()) {
        throw new IllegalArgumentException(
            "token %s of the puzzle is %s, expected 0 to %s"
                .formatted(i, list.get(i), config.vocabSize() - 1));
      }
      tokens[i] = number.intValue();
    }
    return model.puzzle(tokens, null);
  }
}
