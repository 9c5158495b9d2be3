package org.trm4j.datasets.io.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;

/**
 * Under which names a file's columns or fields hold questions and answers; capitals do not matter.
 *
 * @param question the name of questions; empty for the usual ones
 * @param answer the name of answers; empty for the usual ones
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record FieldNames(String question, String answer) {
  /** The usual names. */
  public static final FieldNames USUAL = new FieldNames("", "");

  private static final Set<String> QUESTIONS =
      Set.of("question", "questions", "puzzle", "puzzles", "quiz", "quizzes", "clues");
  private static final Set<String> ANSWERS = Set.of("answer", "answers", "solution", "solutions");
  private static final Set<String> RATINGS = Set.of("rating", "difficulty");

  /** The names in ARC's pairs, which are usual where nothing else is there. */
  private static final String INPUT = "input";

  private static final String OUTPUT = "output";

  /** Returns the place of the questions, or -1. */
  int questionAt(List<String> names) {
    return at(names, question.isEmpty() ? QUESTIONS : Set.of(lower(question)), INPUT);
  }

  /** Returns the place of the answers, or -1. */
  int answerAt(List<String> names) {
    return at(names, answer.isEmpty() ? ANSWERS : Set.of(lower(answer)), OUTPUT);
  }

  /** Returns the place of the ratings, or -1. */
  int ratingAt(List<String> names) {
    return at(names, RATINGS, "");
  }

  private static int at(List<String> names, Set<String> wanted, String otherwise) {
    int second = -1;
    for (int i = 0; i < names.size(); i++) {
      String name = lower(names.get(i));
      if (wanted.contains(name)) {
        return i;
      }
      second = name.equals(otherwise) ? i : second;
    }
    return second;
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
