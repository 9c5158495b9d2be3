package org.trm4j.datasets.io.text;

import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetException;

/** Collects the questions of a text file, for solving. */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public final class Questions {
  private Questions() {}

  /**
   * Returns the questions by line.
   *
   * @param cells turns a question into what the codec reads
   */
  public static SortedMap<Long, String> of(PuzzleTextFile file, UnaryOperator<String> cells) {
    SortedMap<Long, String> questions = new TreeMap<>();
    file.forEach(
        new PuzzleTextFile.Rows() {
          @Override
          public void row(PuzzleRow row) {
            String question = row.question();
            try {
              question = cells.apply(question);
            } catch (DatasetException e) {
              // The codec says what is wrong with it as it is written.
            }
            questions.put(row.line(), question);
          }

          @Override
          public void bad(long line, String reason) {
            questions.put(line, "(" + reason + ")");
          }
        });
    return questions;
  }
}
