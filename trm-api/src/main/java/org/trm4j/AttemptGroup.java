package org.trm4j;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The attempts at one puzzle: collects their answers and chooses one. */
final class AttemptGroup {
  final Puzzle puzzle;
  final int number;
  private final Attempts attempts;
  private final Map<Answer, Double> changes = new IdentityHashMap<>();
  private final List<Answer> answers = new ArrayList<>();
  private int started;
  private int running;
  private long totalSteps;
  private boolean found;

  AttemptGroup(Puzzle puzzle, int number, Attempts attempts) {
    this.puzzle = puzzle;
    this.number = number;
    this.attempts = attempts;
  }

  boolean hasNext() {
    return !found && started < attempts.count();
  }

  int next() {
    running++;
    return started++;
  }

  /** Returns whether an attempt is at work. */
  boolean running() {
    return running > 0;
  }

  int started() {
    return started;
  }

  /**
   * Takes a finished attempt.
   *
   * @param change what the choice goes by, where it goes by a change
   */
  void finished(Answer answer, double change) {
    running--;
    answers.add(answer);
    changes.put(answer, change);
    totalSteps += answer.steps();
    found = attempts.firstFound() && answer.verified();
  }

  /** Counts the steps of an abandoned attempt. */
  void abandoned(int steps) {
    running--;
    totalSteps += steps;
  }

  boolean found() {
    return found;
  }

  boolean complete() {
    return found || answers.size() == attempts.count();
  }

  boolean hasAnswer() {
    return !answers.isEmpty();
  }

  /** Chooses among the answers. */
  Answer answer() {
    Answer chosen = chosen();
    return chosen.of(totalSteps, chosen.ending());
  }

  /** Chooses among the answers so far; there is at least one. */
  Answer stopped(Answer.Ending why) {
    return chosen().of(totalSteps, why);
  }

  private Answer chosen() {
    // By q_halt, then by attempt: the order in which slots happen to finish makes no difference.
    // Not by
    // sigmoid(q_halt), which is 1 for all above 37; NaN is no confidence at all.
    answers.sort(
        Comparator.comparingDouble(AttemptGroup::rank).reversed().thenComparing(Answer::attempt));
    return switch (attempts.choice()) {
      case HALTING_HEAD -> answers.getFirst();
      case VERIFIER ->
          answers.stream()
              .filter(Answer::verified)
              .min(Comparator.comparingInt(Answer::attempt))
              .orElse(answers.getFirst());
      // min() keeps the first of equals, the more confident one; NaN is the largest of all.
      case STATE_CHANGE, LOGIT_CHANGE ->
          answers.stream().min(Comparator.comparingDouble(changes::get)).orElseThrow();
      case VOTES -> answers.stream().max(Comparator.comparingLong(this::votes)).orElseThrow();
    };
  }

  private static double rank(Answer answer) {
    return Float.isNaN(answer.haltLogit()) ? Double.NEGATIVE_INFINITY : answer.haltLogit();
  }

  private long votes(Answer answer) {
    // max() keeps the later of equals, so that rank breaks ties in favour of the more confident.
    long same = answers.stream().filter(answer::sameTokens).count();
    return same * answers.size() - answers.indexOf(answer);
  }
}
