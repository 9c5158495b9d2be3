package org.trm4j.datasets.io.text;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trm4j.dataset.spi.DatasetException;

/**
 * The columns of question, answer and rating in the header of a CSV file.
 *
 * @param delimiter between two columns
 * @param names of the columns as they are written
 * @param question column of the question, from 0
 * @param answer column of the answer; -1 where there is none
 * @param rating column of the rating; -1 where there is none
 */
record CsvColumns(char delimiter, List<String> names, int question, int answer, int rating) {

  /** Refuses a header with two columns of the name that is read. */
  void refuseTwins(Path file, int line) {
    for (int column : new int[] {question, answer}) {
      if (column >= 0 && Collections.frequency(names, names.get(column)) > 1) {
        throw new DatasetException(
            "%s: line %s: two columns are called %s, expected one"
                .formatted(file, line, names.get(column)));
      }
    }
  }

  /** Returns the columns where the line is a header that names a question, else null. */
  static @Nullable CsvColumns of(String line, FieldNames fields) {
    for (char delimiter : new char[] {',', ';', '\t', '|'}) {
      List<String> names = new ArrayList<>();
      for (String name : line.split(Pattern.quote(String.valueOf(delimiter)), -1)) {
        names.add(name.strip().replaceAll("^\"|\"$", "").strip().toLowerCase(Locale.ROOT));
      }
      int question = fields.questionAt(names);
      if (question >= 0) {
        return new CsvColumns(
            delimiter, names, question, fields.answerAt(names), fields.ratingAt(names));
      }
    }
    return null;
  }
}
