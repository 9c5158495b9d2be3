package org.trm4j.dataset.spi;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/**
 * The symmetries of a kind of puzzle: what training augments examples by, and attempts at a puzzle
 * see it under. Stateless.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
@FunctionalInterface
public interface Symmetries {

  /**
   * Draws a symmetry of a question; which there are may depend on its size. It is one of the
   * question's answers as well.
   *
   * @param question [S] tokens
   */
  Symmetry draw(int[] question, RandomGenerator random);

  /**
   * Returns all symmetries of a question, the identity first, where there are few of them; empty
   * where there are too many to list.
   */
  default List<Symmetry> all(int[] question) {
    return List.of();
  }

  /** Returns the smallest of all forms of a question; only where {@link #all} lists them. */
  default int[] smallest(int[] question) {
    int[] best = question;
    for (Symmetry symmetry : all(question)) {
      int[] form = symmetry.apply(question);
      best = Arrays.compare(form, best) < 0 ? form : best;
    }
    return best;
  }
}
