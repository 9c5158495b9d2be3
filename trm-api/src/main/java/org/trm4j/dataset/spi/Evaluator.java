package org.trm4j.dataset.spi;

import java.nio.file.Path;
import java.util.Map;
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
}
