package org.trm4j.training.leakage;

import java.util.List;
import org.apiguardian.api.API;

/**
 * The result of the search.
 *
 * @param positions training positions that the run took
 * @param checked training examples that were compared: those of the positions or, if the run passes
 *     over a list repeatedly, the whole list
 * @param tested different puzzles of the other splits
 * @param leaked examples among those checked that are one of these puzzles
 * @param first places of the first of them
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public record LeakageReport(
    long positions, long checked, int tested, long leaked, List<String> first) {
  /** Copies the places. */
  public LeakageReport {
    first = List.copyOf(first);
  }
}
