package org.trm4j.task.spi;

import java.util.random.RandomGenerator;
import org.apiguardian.api.API;

/** One puzzle on its way through the supervision steps, as a transition sees it. */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface Episode {
  /** Returns the question's tokens [S]; not to be written to. */
  int[] question();

  /** Returns the supervision steps done: 0 before the first. */
  int step();

  /** Returns whether the model is trained on the puzzle. */
  boolean training();

  /**
   * Returns the labels [S], {@link org.trm4j.plan.operation.Loss#IGNORED} where a cell does not
   * count; not to be written to.
   *
   * @throws IllegalStateException while solving, where nobody knows the answer
   */
  int[] answer();

  /**
   * Returns a generator that follows from the attempt and the step alone: other batches and a
   * resumed run draw the same. Each call starts it anew.
   */
  RandomGenerator random();
}
