package org.trm4j.optimizer.published;

import org.apiguardian.api.API;
import org.trm4j.optimizer.spi.Optimizer;
import org.trm4j.optimizer.spi.OptimizerProvider;
import org.trm4j.recursion.spi.PolicyArguments;

/**
 * AdamW (arXiv 1711.05101): {@code p = p (1 - lr wd) - lr m / (sqrt(v) + epsilon)}, moments with
 * their bias corrected.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.2.0")
public final class AdamWProvider implements OptimizerProvider {
  /** Called by the service loader. */
  public AdamWProvider() {}

  @Override
  public String id() {
    return "adam-w";
  }

  @Override
  public int spiVersion() {
    return SPI_VERSION;
  }

  @Override
  public String description() {
    return "AdamW (arXiv 1711.05101)";
  }

  @Override
  public PolicyArguments defaults() {
    return PolicyArguments.of("beta1", 0.9).and("beta2", 0.95).and("epsilon", 1e-8);
  }

  @Override
  public Optimizer optimizer(PolicyArguments arguments) {
    double b1 = arguments.number("beta1");
    double b2 = arguments.number("beta2");
    double epsilon = arguments.number("epsilon");
    return (spec, values, gradient, first, second, step) -> {
      double rate = step.learningRate() / (1 - Math.pow(b1, step.number()));
      double correction = 1 / Math.sqrt(1 - Math.pow(b2, step.number()));
      for (int i = 0; i < values.length; i++) {
        first[i] = (float) (b1 * first[i] + (1 - b1) * gradient[i]);
        second[i] = (float) (b2 * second[i] + (1 - b2) * gradient[i] * gradient[i]);
        double root = Math.sqrt(second[i]) * correction + epsilon;
        values[i] = (float) (values[i] * step.kept() - rate * first[i] / root);
      }
    };
  }
}
