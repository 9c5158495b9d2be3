package org.trm4j.datasets.io.text;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apiguardian.api.API;
import org.trm4j.dataset.spi.DatasetProvider;
import org.trm4j.datasets.Options;

/**
 * The names of a file's columns or fields with questions and answers; case does not matter.
 *
 * @param question the name of questions; empty for the usual ones
 * @param answer the name of answers; empty for the usual ones
 */
@API(status = API.Status.INTERNAL, since = "0.1.0")
public record FieldNames(String question, String answer) {
  /** The options that name them. */
  public static final List<DatasetProvider.Option> OPTIONS =
      List.of(
          new DatasetProvider.Option(
              "question", "", "column of questions; question, puzzle and the like unless set"),
          new DatasetProvider.Option(
              "answer", "", "column of answers; answer, solution and the like unless set"));

  /** The usual names. */
  public static final FieldNames USUAL = new FieldNames("", "");

  private static final Set<String> QUESTIONS =
      Set.of("question", "questions", "puzzle", "puzzles", "quiz", "quizzes");

  private static final Set<String> OTHER_QUESTIONS =
      Set.of("unsolved", "sudoku", "board", "givens");

  /** Used only if there is no other name, because it is often a number of clues. */
  private static final Set<String> CLUES = Set.of("clues");

  private static final Set<String> ANSWERS =
      Set.of("answer", "answers", "solution", "solutions", "solved");
  private static final Set<String> RATINGS = Set.of("rating", "difficulty");

  /** The names in ARC's pairs, which are usual where nothing else is there. */
  private static final Set<String> INPUT = Set.of("input");

  private static final Set<String> OUTPUT = Set.of("output");

  /** Returns what the options say. */
  public static FieldNames of(Options options) {
    return new FieldNames(options.text("question"), options.text("answer"));
  }

  /** Returns the place of the questions, or -1. */
  int questionAt(List<String> names) {
    return question.isEmpty()
        ? at(names, QUESTIONS, OTHER_QUESTIONS, CLUES, INPUT)
        : at(names, Set.of(lower(question)), INPUT);
  }

  /** Returns the place of the answers, or -1. */
  int answerAt(List<String> names) {
    return at(names, answer.isEmpty() ? ANSWERS : Set.of(lower(answer)), OUTPUT);
  }

  /** Returns the place of the ratings, or -1. */
  int ratingAt(List<String> names) {
    return at(names, RATINGS);
  }

  /** Returns the first place of a name of the first set that has one. */
  @SafeVarargs
  private static int at(List<String> names, Set<String>... wanted) {
    for (Set<String> set : wanted) {
      for (int i = 0; i < names.size(); i++) {
        if (set.contains(lower(names.get(i)))) {
          return i;
        }
      }
    }
    return -1;
  }

  private static String lower(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
