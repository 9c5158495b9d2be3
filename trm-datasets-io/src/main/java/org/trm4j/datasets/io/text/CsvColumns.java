package org.trm4j.datasets.io.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a CSV file's header says that question, answer and rating stand.
 *
 * @param delimiter between two columns
 * @param names of the columns as they are written
 * @param question column of the question, from 0
 * @param answer column of the answer; -1 where there is none
 * @param rating column of the rating; -1 where there is none
 */
record CsvColumns(char delimiter, List<String> names, int question, int answer, int rating) {
  private static final Set<String> QUESTIONS =
      Set.of("question", "questions", "puzzle", "puzzles", "quiz", "quizzes");
  private static final Set<String> ANSWERS = Set.of("answer", "answers", "solution", "solutions");
  private static final Set<String> RATINGS = Set.of("rating", "difficulty");

  /** Returns the columns where the line is a header that names a question, else null. */
  static @Nullable CsvColumns of(String line) {
    for (char delimiter : new char[] {',', ';', '\t'}) {
      List<String> names = new ArrayList<>();
      for (String name : line.split(String.valueOf(delimiter), -1)) {
        names.add(name.strip().replaceAll("^\"|\"$", "").strip().toLowerCase(Locale.ROOT));
      }
      int question = find(names, QUESTIONS);
      if (question >= 0) {
        return new CsvColumns(
            delimiter, names, question, find(names, ANSWERS), find(names, RATINGS));
      }
    }
    return null;
  }

  private static int find(List<String> names, Set<String> wanted) {
    for (int i = 0; i < names.size(); i++) {
      if (wanted.contains(names.get(i))) {
        return i;
      }
    }
    return -1;
  }
}
