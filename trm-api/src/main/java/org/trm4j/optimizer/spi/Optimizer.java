package org.trm4j.optimizer.spi;

import org.apiguardian.api.API;
import org.trm4j.model.ParameterSpec;

/** Updates one parameter at a time. Stateless: what it remembers are the two moments. */
@FunctionalInterface
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public interface Optimizer {
  /**
   * Updates a parameter in place.
   *
   * @param spec its name and shape
   * @param values as many as the shape says, row by row
   * @param gradient of the loss; not to be written to
   * @param first as many numbers that it may use as it likes, 0 at first, saved with the run
   * @param second the same once more
   */
  void update(
      ParameterSpec spec,
      float[] values,
      float[] gradient,
      float[] first,
      float[] second,
      Step step);

  /**
   * One update.
   *
   * @param number t, 1 for the first
   * @param learningRate of now
   * @param weightDecay as given
   */
  record Step(long number, double learningRate, double weightDecay) {
    /**
     * Returns {@code 1 - learningRate * weightDecay}, what decoupled weight decay multiplies by.
     */
    public double kept() {
      return 1 - learningRate * weightDecay;
    }
  }
}
