package org.trm4j.dataset.spi;

import java.util.Map;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator whose work can be divided among machines. All predictions of a group, such as an ARC
 * task's, must reach one evaluator; what they come to is small, and another evaluator of the same
 * split takes it up and reports.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface GroupedEvaluator extends Evaluator {

  /**
   * Returns the group that an example's prediction belongs to; null where no figure depends on it,
   * so that it need not be handed over.
   *
   * @param index of the example in its split
   */
  @Nullable String group(int index);

  /** Returns what the predictions taken so far come to, by a key of the evaluator's own. */
  Map<String, String> outcomes();

  /**
   * Takes up what {@link #outcomes} of another evaluator of the same split returned, in place of
   * the predictions.
   */
  void take(Map<String, String> outcomes);
}
