package org.trm4j.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apiguardian.api.API;

/**
 * Draws initial parameters: truncated normal (|x| &lt;= 2 sigma) whose sigma is corrected so that
 * the standard deviation is the one asked for, as the published code does.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1.0")
public final class ParameterInitializer {
  /** Standard deviation of a unit normal truncated to [-2, 2]. */
  private static final double TRUNCATED_STD = 0.87962566103423978;

  private ParameterInitializer() {}

  /** Returns values for every parameter; the same seed gives the same values. */
  public static ParameterSet initialize(List<ParameterSpec> specs, long seed) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : specs) {
      // One stream per name, so that adding a parameter does not change the others.
      SplittableRandom random = new SplittableRandom(seed * 31 + spec.name().hashCode());
      float[] values = new float[spec.shape().intSize()];
      double sigma = spec.initialStd() / TRUNCATED_STD;
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (spec.initialMean() + (sigma == 0 ? 0 : sigma * truncated(random)));
      }
      tensors.put(spec.name(), Tensor.of(spec.shape(), values));
    }
    return new ParameterSet(tensors);
  }

  private static double truncated(SplittableRandom random) {
    while (true) {
      double x = random.nextGaussian();
      if (Math.abs(x) <= 2) {
        return x;
      }
    }
  }
}
