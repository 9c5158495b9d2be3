package org.trm4j.dataset.spi;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Collects predictions over a split and reports figures of the data set's own, such as pass@k by
 * votes. Not thread-safe.
 */
@API(status = API.Status.MAINTAINED, since = "0.1.0")
public interface Evaluator {

  /**
   * Takes one prediction.
   *
   * @param index of the example in its split
   * @param prediction [S] tokens
   * @param haltLogit q_halt when it was made
   */
  void accept(int index, int[] prediction, float haltLogit);

  /** Returns figures by name, such as {@code pass@2}; empty where there is nothing to add. */
  Map<String, Double> report();

  /**
   * Writes result files (such as {@code submission.json}) into a folder; writes nothing where there
   * are none.
   */
  void write(Path folder);

  /**
   * An evaluator whose work can be divided among machines. All predictions of a group, such as an
   * ARC task's, must reach one evaluator; the outcome is small, and another evaluator of the same
   * split takes it up and reports.
   */
  interface Grouped extends Evaluator {

    /**
     * Returns the group that an example's prediction belongs to; empty where no figure depends on
     * it, so that it need not be handed over.
     *
     * @param index of the example in its split
     */
    Optional<String> group(int index);

    /** Returns what the predictions taken so far come to, by a key of the evaluator's own. */
    Map<String, String> outcomes();

    /**
     * Takes up what {@link #outcomes} of another evaluator of the same split returned, in place of
     * the predictions.
     */
    void take(Map<String, String> outcomes);
  }
}
